import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import type { RunnerGateway } from '../../src/contract/runner.ts';
import { createRunnerGateway } from '../../src/modules/deploys/index.ts';
import { createLogger } from '../../src/platform/log.ts';
import { ownIdentity } from '../../src/platform/processes/index.ts';
import { runDeploy } from '../../src/runner/runDeploy.ts';
import { startRunner } from '../../src/runner/runner.ts';
import { startRunnerProcess } from '../harness/runnerProcess.ts';
import { scoped } from '../harness/scoped.ts';
import { createShip, eventually, type Ship } from '../harness/ship.ts';
import { withoutNamespaces } from '../harness/withoutNamespaces.ts';
import { findProcesses } from '../soak/processes.ts';

/** Waits at the gate in its first step, with a daemon beside it that leaves session and parent behind. */
const waiting = `
exec 9>>"$BOOK.lock"
flock --nonblock 9 || echo "$SLIPWAY_NUMBER overlap" >> "$BOOK"
echo "$SLIPWAY_NUMBER waits" >> "$BOOK"
(setsid sleep 900 &)
while [ -e "$GATE" ]; do sleep 0.02; done
echo "$SLIPWAY_NUMBER passed" >> "$BOOK"
`;

interface Harbor {
  readonly ship: Ship;
  /** What steps wrote, line by line. */
  book(): Promise<string[]>;
  /** Processes of steps that are alive. */
  stepProcesses(): number;
}

/** An app whose deploys wait at the closed gate of staging, without a runner yet. */
async function closedHarbor(): Promise<Harbor> {
  const ship = await createShip({ runner: false });
  await scoped(Promise.resolve({ [Symbol.asyncDispose]: () => ship.close() }));
  const file = join(ship.scratch, 'book');
  await ship.configure({
    app: {
      env: { BOOK: file, GATE: join(ship.scratch, 'staging-closed') },
      steps: [
        { name: 'Wait', run: waiting },
        { name: 'Release', run: 'echo "$SLIPWAY_NUMBER released" >> "$BOOK"' },
      ],
    },
  });
  await ship.push('First');
  await ship.closeGate('staging');
  return {
    ship,
    book: async () => (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean),
    stepProcesses: () => findProcesses(({ environment }) => environment.includes(`BOOK=${file}`)).length,
  };
}

const writes = ({ book }: Harbor, line: string) =>
  eventually(`a step writes "${line}"`, async () => (await book()).includes(line));

/** What a minute without a word from any runner would do, without the minute. */
async function letLeasesRunOut({ ship }: Harbor): Promise<void> {
  await ship.api.db.run(sql`update runners set last_seen_at = now() - interval '1 minute'`);
  await ship.api.db.run(
    sql`update deploys set lease_expires_at = now() - interval '1 second' where lease_token is not null`,
  );
}

test('a worker that is killed blocks nothing: its deploy says what is known, and the next one starts', async () => {
  const harbor = await closedHarbor();
  const { ship } = harbor;
  const runner = await scoped(startRunnerProcess(ship.api));
  const killed = await ship.deploy('staging');
  await writes(harbor, '1 waits');
  const next = await ship.deploy('staging', await ship.push('Next'));

  runner.signal('SIGKILL');
  await runner.ended;
  // Whoever waited for its lease to run out would wait in vain.
  await ship.api.db.run(
    sql`update deploys set lease_expires_at = now() + interval '1 day' where lease_token is not null`,
  );
  await scoped(startRunnerProcess(ship.api));
  const failed = await ship.until(killed, 'failed');
  expect(failed.result).toMatch(/^the runner vanished during step 1 "Wait"; how far it got is unknown/);
  expect(failed.steps.map(({ state }) => state)).toEqual(['unknown', 'skipped']);
  expect((await ship.log(killed)).trimEnd().split('\n').at(-1)).toContain('the runner vanished');
  await writes(harbor, '2 waits');
  await ship.openGate('staging');
  await ship.until(next, 'succeeded');
  expect(await harbor.book()).toEqual(['1 waits', '2 waits', '2 passed', '2 released']);
});

test.each([
  ['with namespaces', []],
  ['without namespaces', withoutNamespaces],
])('what a dead worker left running is ended before anything else starts, %s', async (_, prefix) => {
  const harbor = await closedHarbor();
  const { ship } = harbor;
  const runner = await scoped(startRunnerProcess(ship.api, {}, prefix));
  await ship.deploy('staging');
  await writes(harbor, '1 waits');
  const next = await ship.deploy('staging', await ship.push('Next'));
  runner.signal('SIGKILL');
  await runner.ended;
  await scoped(startRunnerProcess(ship.api, {}, prefix));
  await writes(harbor, '2 waits');
  await ship.openGate('staging');
  await ship.until(next, 'succeeded');
  expect(await harbor.book()).not.toContain('2 overlap');
});

test('a worker that was stopped beyond its lease is ended, with its steps, before the next deploy starts', async () => {
  const harbor = await closedHarbor();
  const { ship } = harbor;
  const runner = await scoped(startRunnerProcess(ship.api));
  const stopped = await ship.deploy('staging');
  await writes(harbor, '1 waits');
  runner.signal('SIGSTOP');
  await letLeasesRunOut(harbor);
  await ship.until(stopped, 'failed');
  await runner.ended;

  const next = await ship.deploy('staging', await ship.push('Next'));
  await scoped(startRunnerProcess(ship.api));
  await writes(harbor, '2 waits');
  await ship.openGate('staging');
  await ship.until(next, 'succeeded');
  expect(await harbor.book()).toEqual(['1 waits', '2 waits', '2 passed', '2 released']);
});

test('a worker on another machine that wakes up after its lease neither reports nor goes on', async () => {
  const harbor = await closedHarbor();
  const { ship } = harbor;
  const runner = await scoped(startRunnerProcess(ship.api));
  // As far as anybody here can tell.
  await ship.api.db.run(sql`update runners set identity = identity || '{"bootId": "of another machine"}'`);
  const deploy = await ship.deploy('staging');
  await writes(harbor, '1 waits');
  runner.signal('SIGSTOP');
  await letLeasesRunOut(harbor);
  const told = await ship.until(deploy, 'failed');

  await ship.openGate('staging');
  await writes(harbor, '1 passed');
  runner.signal('SIGCONT');
  // It takes the next one only when it has nothing to do with the first any more.
  await ship.until(await ship.deploy('staging', await ship.push('Next')), 'succeeded');
  await eventually('its steps are gone', () => harbor.stepProcesses() === 0);
  expect(await ship.show(deploy)).toMatchObject({ state: 'failed', result: told.result, steps: told.steps });
  expect((await harbor.book()).filter((line) => line.startsWith('1 '))).toEqual(['1 waits', '1 passed']);
});

test('a runner of another machine is not taken for a dead one, though its host has the same name', async () => {
  const harbor = await closedHarbor();
  const { ship } = harbor;
  const elsewhere = { ...ownIdentity(), pid: 2 ** 22, bootId: 'of another machine' };
  const id = randomUUID();
  const identity = JSON.stringify(elsewhere);
  await ship.api.db.run(sql`
    insert into runners (id, host, pid, identity, started_at, last_seen_at)
    values (${id}, ${hostname()}, 1, ${identity}, now(), now())`);
  await scoped(startRunnerProcess(ship.api));
  const row = await ship.api.db.one(sql`select stopped_at from runners where id = ${id}`);
  expect(row).toEqual({ stopped_at: null });
});

/** A runner in this process, for which nobody here could tell that it runs on this machine. */
async function startDistantRunner({ ship }: Harbor, change: Partial<RunnerGateway>, leaseMs: number) {
  const { core } = ship.api;
  const gateway = { ...createRunnerGateway({ ...core, publicUrl: 'http://slipway.test' }), ...change };
  const inherited = { PATH: process.env.PATH ?? '' };
  const runner = await startRunner({
    info: {
      id: randomUUID(),
      host: 'elsewhere',
      pid: process.pid,
      identity: { ...ownIdentity(), bootId: 'of another machine' },
    },
    gateway,
    run: (assignment, place) => runDeploy(assignment, { ...place, gateway, inherited, isolation: 'auto' }),
    log: createLogger('test', 'silent'),
    workspaces: core.paths.workspaces,
    capacity: 1,
    leaseMs,
  });
  return runner;
}

test('a runner that gets no answer ends its steps by its own clock, before the lease does', async () => {
  const harbor = await closedHarbor();
  const { ship } = harbor;
  const gateway = createRunnerGateway({ ...ship.api.core, publicUrl: 'http://slipway.test' });
  let cut = false;
  const heartbeat: RunnerGateway['heartbeat'] = (...beat) =>
    cut ? new Promise(() => {}) : gateway.heartbeat(...beat);
  const runner = await startDistantRunner(harbor, { heartbeat }, 1500);
  const deploy = await ship.deploy('staging');
  await writes(harbor, '1 waits');
  // From here on the network drops what is sent: no answer, no error.
  cut = true;
  await eventually('its steps are gone', () => harbor.stepProcesses() === 0, 10_000);
  expect((await ship.until(deploy, 'failed')).result).toContain('the runner vanished during step 1');
  expect(await harbor.book()).toEqual(['1 waits']);
  void runner.stop('the test is over');
});

test('a runner that has not heard yet that its lease is lost begins no further step', async () => {
  const harbor = await closedHarbor();
  const { ship } = harbor;
  const gateway = createRunnerGateway({ ...ship.api.core, publicUrl: 'http://slipway.test' });
  const heartbeat: RunnerGateway['heartbeat'] = async (id, leases) => {
    await gateway.heartbeat(id, []);
    return new Map(leases.map(({ id: held }) => [held, { kind: 'held' }]));
  };
  const runner = await startDistantRunner(harbor, { heartbeat }, 10_000);
  const deploy = await ship.deploy('staging');
  await writes(harbor, '1 waits');
  await letLeasesRunOut(harbor);
  await ship.until(deploy, 'failed');
  await ship.openGate('staging');
  await writes(harbor, '1 passed');
  // It has room for one, so it takes the next when it has nothing to do with the first any more.
  await ship.until(await ship.deploy('staging', await ship.push('Next')), 'succeeded');
  expect((await harbor.book()).filter((line) => line.startsWith('1 '))).toEqual(['1 waits', '1 passed']);
  expect((await ship.show(deploy)).steps.map(({ state }) => state)).toEqual(['unknown', 'skipped']);
  await runner.stop('the test is over');
});

test('a deploy whose assignment was lost on its way to the runner is told as what it is, at once', async () => {
  const harbor = await closedHarbor();
  const { ship } = harbor;
  const gateway = createRunnerGateway({ ...ship.api.core, publicUrl: 'http://slipway.test' });
  const id = randomUUID();
  await gateway.register({ id, host: 'here', pid: process.pid, identity: { ...ownIdentity() } });
  const deploy = await ship.deploy('staging');
  const lost = await gateway.leaseNext(id, []);
  expect(lost?.name).toBe(deploy.name);
  expect(await gateway.leaseNext(id, [])).toBeUndefined();
  const failed = await ship.until(deploy, 'failed');
  expect(failed.result).toBe('the runner vanished before the first step, so nothing was run; re-deploy');
});
