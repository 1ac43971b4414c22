import { ApiError, type Client } from '../../src/contract/client.ts';
import type { Deploy } from '../../src/contract/deploys.ts';
import { api } from '../../src/contract/index.ts';
import type { Instance } from './instance.ts';
import { pauseFor } from './pauseFor.ts';
import type { Random } from './random.ts';
import { isOutage, type Watchers } from './watchers.ts';
import type { Place, World } from './world.ts';

/** People at work: they deploy, cancel, roll back, lock, and repeat what was not answered. */
export interface Users {
  /** Deploys that Slipway has promised. */
  readonly promised: readonly Deploy[];
  readonly faults: readonly string[];
  /** How often each thing was done. */
  readonly counts: ReadonlyMap<string, number>;
  resume(): void;
  /** Resolves when all have the answer that they were waiting for. */
  pause(): Promise<void>;
}

interface Turn {
  readonly place: Place;
  readonly random: Random;
  /** Names what is asked for: however often it is repeated, it must happen once. */
  readonly idempotencyKey: string;
}

const longestQueue = 2;
/** What a user may be told without anything being wrong. */
const refusals = ['conflict', 'invalid_transition', 'not_found'];

export function startUsers(
  team: { count: number; random: Random },
  instance: Instance,
  world: World,
  watchers: Watchers,
): Users {
  const promised: Deploy[] = [];
  const faults: string[] = [];
  const counts = new Map<string, number>();
  let working = false;
  let done: Promise<unknown> = Promise.resolve();

  async function work(random: Random): Promise<void> {
    while (working) {
      await act(random);
      await pauseFor(random.between(20, 250));
    }
  }

  async function act(random: Random): Promise<void> {
    const place = random.pick(world.places);
    const [name, action] = chooseAction(random);
    const idempotencyKey = `soak-${random.between(0, 0xffff_ffff)}-${random.between(0, 0xffff_ffff)}`;
    try {
      const deploy = await action({ place, random, idempotencyKey });
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (deploy === undefined) return;
      promised.push(deploy);
      if (random.chance(0.4)) watchers.follow(deploy);
    } catch (error) {
      if (error instanceof ApiError && refusals.includes(error.problem.code)) return;
      faults.push(`${name} on ${place.app}/${place.environment}: ${error}`);
    }
  }

  function chooseAction(random: Random): [string, (turn: Turn) => Promise<Deploy | undefined>] {
    const ticket = random.next();
    if (ticket < 0.5) return ['deploy', deploy];
    if (ticket < 0.64) return ['cancel', cancel];
    if (ticket < 0.74) return ['roll back', rollBack];
    if (ticket < 0.82) return ['redeploy', redeploy];
    if (ticket < 0.88) return ['lock', lock];
    return ['unlock', unlock];
  }

  async function deploy({ place, random, idempotencyKey }: Turn): Promise<Deploy | undefined> {
    const ref = random.pick(world.shas);
    if ((await statusOf(place)).queued.length >= longestQueue) return undefined;
    const input = { params: place, body: { ref, force: { reason: 'soak' } } };
    return answered((client) => client.call(api.requestDeploy, input, { idempotencyKey }));
  }

  async function redeploy({ place, random, idempotencyKey }: Turn): Promise<Deploy | undefined> {
    const { last, queued } = await statusOf(place);
    if (last === null || queued.length >= longestQueue) return undefined;
    const input = { params: { ...place, number: random.between(1, last.number) }, body: {} };
    return answered((client) => client.call(api.redeploy, input, { idempotencyKey }));
  }

  async function rollBack({ place, random, idempotencyKey }: Turn): Promise<Deploy> {
    const body = random.chance(0.3) ? { lock: { reason: 'soak' } } : {};
    return answered((client) => client.call(api.rollback, { params: place, body }, { idempotencyKey }));
  }

  async function cancel({ place, random }: Turn): Promise<undefined> {
    const { active, queued } = await statusOf(place);
    const candidates = [...(active ? [active] : []), ...queued];
    if (candidates.length === 0) return;
    const { number } = random.pick(candidates);
    await answered((client) => client.call(api.cancel, { params: { ...place, number } }));
  }

  async function lock({ place, random, idempotencyKey }: Turn): Promise<undefined> {
    const body = { ...(random.chance(0.3) ? { app: place.app } : place), reason: 'soak' };
    await answered((client) => client.call(api.createLock, { body }, { idempotencyKey }));
  }

  async function unlock({ place, random }: Turn): Promise<undefined> {
    const [open] = (await statusOf(place)).locks;
    if (open === undefined) return;
    const input = { params: { id: open.id }, body: { start_waiting: random.chance(0.7) } };
    await answered((client) => client.call(api.unlock, input));
  }

  async function statusOf({ app, environment }: Place) {
    const { environments } = await answered((client) => client.call(api.showApp, { params: { app } }));
    const found = environments.find(({ name }) => name === environment);
    if (found === undefined) throw new Error(`${app}/${environment} is gone`);
    return found;
  }

  const answered = <T>(ask: (client: Client) => Promise<T>) => untilAnswered(instance, ask);

  return {
    promised,
    faults,
    counts,
    resume: () => {
      working = true;
      done = Promise.all(Array.from({ length: team.count }, () => work(team.random.fork())));
    },
    pause: async () => {
      working = false;
      await done;
    },
  };
}

/** Asks the same again and again while Slipway, or its database, is down. */
export async function untilAnswered<T>(instance: Instance, ask: (client: Client) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask(instance.client());
    } catch (error) {
      if (!isOutage(error)) throw error;
      await pauseFor(100);
    }
  }
}
