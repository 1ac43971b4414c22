import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { EnvironmentStatus } from '../../src/contract/apps.ts';
import { ApiError, type Client } from '../../src/contract/client.ts';
import type { Deploy, DeployDetail, DeployState, Why } from '../../src/contract/deploys.ts';
import { api } from '../../src/contract/index.ts';
import type { Lock } from '../../src/contract/locks.ts';
import type { Runner } from '../../src/runner/runner.ts';
import { type DispatcherService, startDispatcher } from '../../src/services/dispatcher.ts';
import { startRunnerService } from '../../src/services/runnerService.ts';
import { createTestApi, type TestApi } from './api.ts';
import { createRepository, type Repository } from './git.ts';

/** A deploy in the test's words: where it goes, and which. */
export type Where = 'staging' | 'production';

export interface ShipOptions {
  /** Keys of the app `harbor` that differ from the default. */
  app?: Record<string, unknown>;
  /** Keys of its environments that differ. */
  environments?: Partial<Record<Where, Record<string, unknown>>>;
  /** Without a runner deploys stay queued. */
  runner?: boolean;
  isolation?: 'namespace' | 'process-group' | 'auto';
}

/**
 * A whole Slipway in this process (web, dispatcher, runner) with one app, `harbor`, of one git repository, and
 * the verbs in which journeys are told. Its single step prints the commit and then waits at the gate.
 */
export interface Ship {
  readonly api: TestApi;
  readonly client: Client;
  readonly repository: Repository;
  /** A directory that is removed at the end. */
  readonly scratch: string;
  runner: Runner | undefined;
  /** Commits to main, or another branch, and has it fetched. Answers the sha. */
  push(message?: string, options?: { branch?: string; files?: Record<string, string> }): Promise<string>;
  fetch(): Promise<void>;
  /** Declares the app anew. */
  configure(options: ShipOptions): Promise<void>;
  deploy(where: Where, ref?: string, options?: { force?: string; as?: Client }): Promise<Deploy>;
  /** Requests and waits for success. */
  ship(where: Where, ref?: string): Promise<DeployDetail>;
  rollback(where: Where, to?: string): Promise<Deploy>;
  redeploy(deploy: Deploy): Promise<Deploy>;
  cancel(deploy: Deploy): Promise<Deploy>;
  show(deploy: Deploy): Promise<DeployDetail>;
  why(deploy: Deploy): Promise<Why>;
  lock(scope: { app?: string; environment?: string }, reason: string): Promise<Lock>;
  unlock(lock: Lock, startWaiting?: boolean): Promise<string[]>;
  /** Waits until the deploy is in one of these states. */
  until(deploy: Deploy, ...states: DeployState[]): Promise<DeployDetail>;
  log(deploy: Deploy): Promise<string>;
  environment(where: Where): Promise<EnvironmentStatus>;
  liveSha(where: Where): Promise<string | null>;
  /** Steps wait at the gate of their environment while it is closed. It is open at first. */
  closeGate(where: Where): Promise<void>;
  openGate(where: Where): Promise<void>;
  startRunner(): Promise<Runner>;
  close(): Promise<void>;
}

export async function createShip(options: ShipOptions = {}): Promise<Ship> {
  const testApi = await createTestApi();
  const repository = await createRepository();
  const scratch = await mkdtemp(join(tmpdir(), 'slipway-ship-'));
  const client = testApi.machine;
  const dispatcher: DispatcherService = startDispatcher(testApi.core);
  const gate = (where: Where) => join(scratch, `${where}-closed`);
  const params = (deploy: Deploy) => ({
    params: { app: deploy.app, environment: deploy.environment, number: deploy.number },
  });
  const on = (where: Where) => ({ app: 'harbor', environment: where });

  const ship: Ship = {
    api: testApi,
    client,
    repository,
    scratch,
    runner: undefined,
    push: async (message = 'Change', { branch = 'main', files } = {}) => {
      const sha = await repository.commit({ message, branch, ...(files ? { files } : {}) });
      await ship.fetch();
      return sha;
    },
    fetch: async () => {
      const asked = await client.call(api.fetchRepository, { params: { repository: 'harbor' } });
      await eventually('the repository is fetched', async () => {
        const now = await client.call(api.showRepository, { params: { repository: 'harbor' } });
        const finished = now.fetch_finished_at ?? '';
        return (
          finished >= (now.fetch_started_at ?? '') &&
          (now.fetch_started_at ?? '') >= (asked.fetch_requested_at ?? '~')
        );
      });
    },
    configure: async (changed) => {
      await client.call(api.applyConfiguration, {
        body: { text: configuration(repository, scratch, changed) },
      });
    },
    deploy: (where, ref, { force, as = client } = {}) =>
      as.call(api.requestDeploy, {
        params: on(where),
        body: { ...(ref ? { ref } : {}), ...(force ? { force: { reason: force } } : {}) },
      }),
    ship: async (where, ref) => ship.until(await ship.deploy(where, ref), 'succeeded'),
    rollback: (where, to) => client.call(api.rollback, { params: on(where), body: to ? { to } : {} }),
    redeploy: (deploy) => client.call(api.redeploy, { ...params(deploy), body: {} }),
    cancel: (deploy) => client.call(api.cancel, params(deploy)),
    show: (deploy) => client.call(api.showDeploy, params(deploy)),
    why: (deploy) => client.call(api.why, params(deploy)),
    lock: (scope, reason) => client.call(api.createLock, { body: { ...scope, reason } }),
    unlock: async (lock, startWaiting = false) => {
      const answer = await client.call(api.unlock, {
        params: { id: lock.id },
        body: { start_waiting: startWaiting },
      });
      return answer.waiting;
    },
    until: async (deploy, ...states) => {
      let last = await ship.show(deploy);
      await eventually(`${deploy.name} is ${states.join(' or ')}`, async () => {
        last = await ship.show(deploy);
        if (states.includes(last.state)) return true;
        if (last.finished_at !== null)
          throw new Error(`${deploy.name} ended ${last.state}: ${last.result}\n${await ship.log(deploy)}`);
        return false;
      });
      return last;
    },
    log: async (deploy) => (await client.fetchRaw(api.log, params(deploy))).text(),
    environment: async (where) => {
      const { environments } = await client.call(api.showApp, { params: { app: 'harbor' } });
      const found = environments.find((environment) => environment.name === where);
      if (found === undefined) throw new Error(`harbor has no environment ${where}`);
      return found;
    },
    liveSha: async (where) => (await ship.environment(where)).live?.sha ?? null,
    closeGate: (where) => writeFile(gate(where), ''),
    openGate: (where) => rm(gate(where), { force: true }),
    startRunner: async () => {
      const runner = await startRunnerService(testApi.core, options.isolation);
      ship.runner = runner;
      return runner;
    },
    close: async () => {
      for (const where of ['staging', 'production'] as const) await ship.openGate(where);
      await ship.runner?.stop('the test is over');
      await dispatcher.close();
      await testApi.close();
      await repository[Symbol.asyncDispose]();
      await rm(scratch, { recursive: true, force: true });
    },
  };

  await repository.commit({ message: 'Initial commit' });
  await ship.configure(options);
  await ship.fetch();
  if (options.runner !== false) await ship.startRunner();
  return ship;
}

function configuration(repository: Repository, scratch: string, { app, environments }: ShipOptions): string {
  return stringify({
    repositories: { harbor: { url: repository.directory, fetch_every: 0 } },
    apps: {
      harbor: {
        repository: 'harbor',
        team: 'web',
        steps: [{ name: 'Release', run: gatedScript(scratch) }],
        environments: { staging: environments?.staging ?? {}, production: environments?.production ?? {} },
        ...app,
      },
    },
  });
}

/** Prints what it ships, and waits while the gate of its environment is closed. */
const gatedScript = (scratch: string) => `
echo "shipping $SLIPWAY_SHA to $SLIPWAY_ENVIRONMENT"
while [ -e ${scratch}/$SLIPWAY_ENVIRONMENT-closed ]; do sleep 0.02; done
echo "shipped"
`;

/** Waits until `condition` holds, and fails by its name when it does not within two minutes. */
export async function eventually(
  name: string,
  condition: () => Promise<boolean> | boolean,
  withinMs = 120_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`still not true after ${withinMs} ms: ${name}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The error code that a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError) return error.problem.code;
    throw error;
  }
  throw new Error('it was not refused');
}
