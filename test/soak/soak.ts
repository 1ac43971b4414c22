import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Deploy } from '../../src/contract/deploys.ts';
import { api } from '../../src/contract/index.ts';
import { eventually } from '../harness/ship.ts';
import { withoutNamespaces } from '../harness/withoutNamespaces.ts';
import { createInstance, type Instance, victims } from './instance.ts';
import { killSomething } from './killSomething.ts';
import { pauseFor } from './pauseFor.ts';
import { findProcesses, postgresOf } from './processes.ts';
import { type Random, seeded } from './random.ts';
import { startUsers, type Users, untilAnswered } from './users.ts';
import { type Auditor, createAuditor } from './verify.ts';
import { startWatchers, type Watchers } from './watchers.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

export interface SoakOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly world: WorldOptions;
  readonly users: number;
  /** The longest time from a start to the next kill. */
  readonly trafficMs: number;
  /** Whether steps may have process namespaces, from which nothing escapes. */
  readonly namespaces: boolean;
  readonly say: (line: string) => void;
}

export interface SoakReport {
  readonly rounds: number;
  readonly deploys: ReadonlyMap<string, number>;
  readonly kills: ReadonlyMap<string, number>;
  readonly actions: ReadonlyMap<string, number>;
  readonly events: number;
  readonly logsFollowed: number;
  readonly seconds: number;
}

interface Soak {
  readonly options: SoakOptions;
  readonly random: Random;
  readonly world: World;
  readonly instance: Instance;
  readonly watchers: Watchers;
  readonly users: Users;
  readonly auditor: Auditor;
  readonly kills: Map<string, number>;
  deploys: ReadonlyMap<string, number>;
}

/** Everything that moves must have ended so long after the last kill. */
const settleWithinMs = 90_000;

/**
 * Kills Slipway at random moments while people use it, round after round, and compares what it says afterwards
 * with what its steps wrote down. Throws at the first thing that is not true; the world is kept then.
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const began = Date.now();
  const random = seeded(options.seed);
  const world = await createWorld(options.world);
  options.say(`seed ${options.seed}, ${options.rounds} rounds, in ${world.directory}`);
  const prefix = options.namespaces ? [] : withoutNamespaces;
  const instance = createInstance(world.dataDir, world.configFile, join(world.directory, 'output'), prefix);
  const watchers = startWatchers(instance);
  const users = startUsers({ count: options.users, random: random.fork() }, instance, world, watchers);
  const auditor = createAuditor(instance, world);
  const run: Soak = {
    options,
    random,
    world,
    instance,
    watchers,
    users,
    auditor,
    kills: new Map(),
    deploys: new Map(),
  };

  try {
    await instance.start();
    await untilFetched(run);
    for (let round = 1; round <= options.rounds; round += 1) await playRound(run, round);
    await finish(run);
  } catch (error) {
    await keepTraces(world);
    await instance.kill('everything');
    throw error;
  }
  await world.remove();
  return {
    rounds: options.rounds,
    deploys: run.deploys,
    kills: run.kills,
    actions: users.counts,
    events: watchers.events.length,
    logsFollowed: watchers.logs.size,
    seconds: (Date.now() - began) / 1000,
  };
}

/** What was running when something was found to be wrong; the output of Slipway and all its data stay beside it. */
export async function keepTraces(world: Pick<World, 'directory'>): Promise<void> {
  const options = ['-eo', 'pid,ppid,stat,wchan:30,lstart,args', '--forest'];
  const { stdout } = await promisify(execFile)('ps', options, { maxBuffer: 2 ** 24 });
  await writeFile(join(world.directory, 'processes'), stdout);
}

async function untilFetched({ instance }: Soak): Promise<void> {
  const params = { repository: 'source' };
  await eventually('the repository is fetched', async () => {
    const { state } = await untilAnswered(instance, (client) => client.call(api.showRepository, { params }));
    return state === 'ok';
  });
}

async function playRound(run: Soak, round: number): Promise<void> {
  const { random, users, options } = run;
  const began = Date.now();
  users.resume();
  await pauseFor(random.between(0, options.trafficMs));
  const killed = await killSomething(run, victims);
  await pauseFor(random.between(0, options.trafficMs / 2));
  await users.pause();
  await settle(run);
  await assertTrue(run);
  options.say(`round ${round}: ${killed.join(', then ')}; ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** Waits until nothing moves: what can go on has gone on to its end. */
async function settle({ instance, auditor }: Soak): Promise<void> {
  await instance.ready();
  await eventually(
    'nothing moves any more',
    async () => {
      const moving = (await auditor.deploys()).filter(({ finished_at }) => finished_at === null);
      if (moving.some(({ state }) => state !== 'queued')) return false;
      for (const deploy of moving) if (!(await isHeldUp(instance, deploy))) return false;
      return true;
    },
    settleWithinMs,
  );
}

/** Whether a queued deploy waits for people: for a lock to be opened, or for somebody to start it. */
async function isHeldUp(instance: Instance, { app, environment, number }: Deploy): Promise<boolean> {
  const params = { app, environment, number };
  const { reasons } = await untilAnswered(instance, (client) => client.call(api.why, { params }));
  return reasons.some(({ code }) => code === 'locked' || code === 'held');
}

async function assertTrue({ auditor, users, watchers }: Soak): Promise<void> {
  assertNone([...users.faults, ...watchers.faults, ...(await auditor.audit(users.promised))]);
}

/** Opens all that is locked, lets everything end, ships once more everywhere, and stops. */
async function finish(run: Soak): Promise<void> {
  const { instance, world, watchers, users, auditor } = run;
  await openEverything(instance, auditor);
  await settle(run);
  await Promise.all(world.places.map((place) => shipOnceMore(run, place)));
  const deploys = await auditor.deploys();
  assertNone(deploys.filter((d) => d.finished_at === null).map((d) => `${d.name} is ${d.state} for ever`));
  await assertTrue(run);
  await eventually('all readers saw the end', () => [...watchers.logs.values()].every(({ ended }) => ended));
  const logFaults = await Promise.all([...watchers.logs.values()].map((seen) => auditor.auditLog(seen)));
  assertNone([...logFaults.flat(), ...(await auditor.auditEvents(watchers.events))]);
  await watchers.close();
  await users.pause();
  const code = await instance.stop();
  assertNone(code === 0 ? [] : [`it ended with exit code ${code}`]);
  await assertNothingRuns(world);
  run.deploys = countBy(deploys.map(({ state }) => state));
}

async function openEverything(instance: Instance, auditor: Auditor): Promise<void> {
  const body = { start_waiting: true };
  const { items } = await untilAnswered(instance, (client) => client.call(api.listLocks, { query: {} }));
  for (const { id } of items) {
    await untilAnswered(instance, (client) => client.call(api.unlock, { params: { id }, body }));
  }
  for (const { app, environment, number, state, held } of await auditor.deploys()) {
    const params = { app, environment, number };
    if (state === 'queued' && held !== null)
      await untilAnswered(instance, (client) => client.call(api.start, { params }));
  }
}

async function shipOnceMore(
  { instance, world, auditor }: Soak,
  place: World['places'][number],
): Promise<void> {
  for (;;) {
    const input = { params: place, body: { ref: 'main', force: { reason: 'soak' } } };
    const { name, number } = await untilAnswered(instance, (client) => client.call(api.requestDeploy, input));
    let state = 'queued';
    await eventually(`${name} ends`, async () => {
      const params = { ...place, number };
      state = (await untilAnswered(instance, (client) => client.call(api.showDeploy, { params }))).state;
      return state === 'succeeded' || state === 'failed';
    });
    if (state === 'succeeded') return;
    // A number that is meant to fail.
    assertNone(
      number % 9 === 0 ? [] : [`${name} failed; ${world.directory} ${(await auditor.deploys()).length}`],
    );
  }
}

async function assertNothingRuns(world: World): Promise<void> {
  const left = () => [
    ...findProcesses(({ environment }) => environment.includes(`SOAK_BOOKS=${world.books}`)),
    ...findProcesses(({ environment }) => environment.includes(`SLIPWAY_DATA_DIR=${world.dataDir}`)),
    ...postgresOf(join(world.dataDir, 'postgres')),
  ];
  await eventually('nothing runs any more', () => left().length === 0, 5000).catch(() => {
    assertNone(left().map(({ pid, command }) => `still running: ${pid} ${command}`));
  });
}

/** Throws the first of what was found to be wrong. */
export function assertNone(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(`${faults.length} faults:\n  ${faults.slice(0, 20).join('\n  ')}`);
}

function countBy(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
