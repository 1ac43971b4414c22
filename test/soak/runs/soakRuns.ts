import { join } from 'node:path';
import { api } from '../../../src/contract/index.ts';
import { eventually } from '../../harness/ship.ts';
import { withoutNamespaces } from '../../harness/withoutNamespaces.ts';
import { createInstance, type Instance, jobVictims } from '../instance.ts';
import { killSomething } from '../killSomething.ts';
import { pauseFor } from '../pauseFor.ts';
import { findProcesses, postgresOf } from '../processes.ts';
import { type Random, seeded } from '../random.ts';
import { assertNone, keepTraces } from '../soak.ts';
import { untilAnswered } from '../users.ts';
import { auditRuns } from './audit.ts';
import { readRunsBook } from './book.ts';
import { type RunsFacts, readRunsFacts } from './facts.ts';
import { type RunsUsers, startRunsUsers } from './users.ts';
import { createRunsWorld, type RunsWorld } from './world.ts';

export interface RunsSoakOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly users: number;
  /** The longest time from a start to the next kill. */
  readonly trafficMs: number;
  /** A third of what a step takes. */
  readonly stepSeconds: number;
  /** Whether jobs may have process namespaces, from which nothing escapes. */
  readonly namespaces: boolean;
  readonly say: (line: string) => void;
}

export interface RunsSoakReport {
  readonly rounds: number;
  readonly runs: ReadonlyMap<string, number>;
  readonly jobs: ReadonlyMap<string, number>;
  readonly repeated: number;
  readonly kills: ReadonlyMap<string, number>;
  readonly actions: ReadonlyMap<string, number>;
  readonly seconds: number;
}

interface Soak {
  readonly options: RunsSoakOptions;
  readonly random: Random;
  readonly world: RunsWorld;
  readonly instance: Instance;
  readonly users: RunsUsers;
  readonly kills: Map<string, number>;
}

/** Everything that moves must have ended so long after the last kill. */
const settleWithinMs = 150_000;

/**
 * Kills Slipway at random moments while people push, cancel and re-run, round after round, and compares what it says
 * of runs and jobs with what their steps have written. Throws when anything is untrue, stuck or left behind, and
 * keeps the directory to look at.
 */
export async function soakRuns(options: RunsSoakOptions): Promise<RunsSoakReport> {
  const began = Date.now();
  const random = seeded(options.seed);
  const world = await createRunsWorld();
  options.say(`seed ${options.seed}, ${options.rounds} rounds, in ${world.directory}`);
  const prefix = options.namespaces ? [] : withoutNamespaces;
  const instance = createInstance(world.dataDir, world.configFile, join(world.directory, 'output'), prefix);
  const team = { count: options.users, random: random.fork(), stepSeconds: options.stepSeconds };
  const users = await startRunsUsers(team, instance, world);
  const run: Soak = { options, random, world, instance, users, kills: new Map() };
  let facts: RunsFacts;
  try {
    await instance.start();
    for (let round = 1; round <= options.rounds; round += 1) await playRound(run, round);
    facts = await settle(run);
    const code = await instance.stop();
    assertNone(code === 0 ? [] : [`it ended with exit code ${code}`]);
    await assertNothingRuns(world);
  } catch (error) {
    await keepTraces(world);
    await users.pause();
    await instance.kill('everything');
    throw error;
  } finally {
    await users.close();
  }
  await world.remove();
  return {
    rounds: options.rounds,
    runs: countBy(facts.runs.map(({ conclusion }) => conclusion ?? '')),
    jobs: countBy(facts.jobs.map(({ conclusion }) => conclusion ?? '')),
    repeated: facts.jobs.reduce((sum, { repeats }) => sum + repeats, 0),
    kills: run.kills,
    actions: users.counts,
    seconds: (Date.now() - began) / 1000,
  };
}

async function playRound(run: Soak, round: number): Promise<void> {
  const { random, users, options } = run;
  const began = Date.now();
  users.resume();
  await pauseFor(random.between(0, options.trafficMs));
  const killed = await killSomething(run, jobVictims);
  await pauseFor(random.between(0, options.trafficMs / 2));
  await users.pause();
  const { runs, jobs } = await settle(run);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  options.say(
    `round ${round}: ${killed.join(', then ')}; ${runs.length} runs, ${jobs.length} jobs; ${seconds} s`,
  );
}

/** Waits until nothing moves, and sees whether all of it is true. */
async function settle({ instance, world, users }: Soak): Promise<RunsFacts> {
  await instance.ready();
  let facts: RunsFacts | undefined;
  await eventually(
    'nothing moves any more',
    async () => {
      const { items } = await untilAnswered(instance, (client) =>
        client.call(api.listRuns, { query: { state: 'open' } }),
      );
      if (items.length > 0) return false;
      facts = await readRunsFacts(world).catch(() => undefined);
      return facts?.triggers.length === 0 && facts.runs.every(({ state }) => state === 'completed');
    },
    settleWithinMs,
  ).catch(() => undefined);
  facts = await readRunsFacts(world);
  assertNone([...users.faults, ...auditRuns(facts, await readRunsBook(world), users.branches)]);
  return facts;
}

async function assertNothingRuns(world: RunsWorld): Promise<void> {
  const left = () => [
    ...findProcesses(({ environment }) => environment.includes(`SOAK_BOOKS=${world.books}`)),
    ...findProcesses(({ environment }) => environment.includes(`SLIPWAY_DATA_DIR=${world.dataDir}`)),
    ...postgresOf(join(world.dataDir, 'postgres')),
  ];
  await eventually('nothing runs any more', () => left().length === 0, 5000).catch(() => {
    assertNone(left().map(({ pid, command }) => `still running: ${pid} ${command}`));
  });
}

function countBy(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
