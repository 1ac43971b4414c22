import type { Instance, Victim } from './instance.ts';
import { pauseFor } from './pauseFor.ts';
import type { Random } from './random.ts';

interface Killing {
  readonly random: Random;
  readonly instance: Instance;
  readonly kills: Map<string, number>;
}

/** Kills, and starts again what does not by itself; now and then another kill comes while it starts. */
export async function killSomething(
  { random, instance, kills }: Killing,
  victims: readonly Victim[],
): Promise<string[]> {
  const told: string[] = [];
  let starting: Promise<boolean> = Promise.resolve(true);
  do {
    if (told.length > 0) await pauseFor(random.between(0, 1500));
    const victim = random.pick<Victim>(victims);
    if (await instance.kill(victim)) starting = instance.start();
    starting.catch(() => {}); // it is awaited below, after what else happens
    told.push(victim);
    kills.set(victim, (kills.get(victim) ?? 0) + 1);
  } while (random.chance(0.3));
  while (!(await starting)) starting = instance.start();
  return told;
}
