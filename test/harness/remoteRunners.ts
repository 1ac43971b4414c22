import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { api } from '../../src/contract/index.ts';
import { packageRoot } from '../../src/platform/settings.ts';
import { startDispatcher } from '../../src/services/dispatcher.ts';
import { createGitServerTest, type GitServerTest, type WorkingCopy } from './gitServer.ts';
import { eventually } from './ship.ts';

/** A Slipway with one hosted repository, `harbor`, and runners as they are on other machines: by HTTP alone. */
export interface RemoteRunnersTest extends AsyncDisposable {
  readonly server: GitServerTest['test'];
  readonly git: GitServerTest;
  readonly copy: WorkingCopy;
  /** A directory that steps may write to. */
  readonly scratch: string;
  /** Makes a runner token. */
  token(limits?: { labels?: string[]; repositories?: string[] }): Promise<{ id: number; token: string }>;
  /** Starts a runner; `url` where it is to find Slipway. It is let in, or has ended, when this resolves. */
  runner(options?: RemoteOptions): Promise<RemoteProcess>;
  /** Pushes a workflow with these jobs, and answers the id of its run. */
  push(jobs: string, files?: Record<string, string>): Promise<number>;
  jobs(run: number): Promise<Job[]>;
  /** Waits until all jobs of a run are over. */
  over(run: number): Promise<Job[]>;
  /** Waits until the first job of a run is as wished. */
  until(run: number, what: string, wish: (job: Job) => boolean): Promise<Job>;
  log(job: { id: number }): Promise<string>;
}

export type Job = Awaited<ReturnType<typeof jobsOf>>[number];

export interface RemoteOptions {
  readonly url?: string;
  readonly token?: string;
  readonly args?: readonly string[];
  /** Of another user of this machine, as it were. */
  readonly state?: string;
  /** How far its clock is ahead, in milliseconds. */
  readonly clockAheadMs?: number;
}

export interface RemoteProcess {
  readonly child: ChildProcess;
  readonly state: string;
  printed(): string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

export async function createRemoteRunnersTest(): Promise<RemoteRunnersTest> {
  const git = await createGitServerTest();
  const { test: server, client } = git;
  const dispatcher = startDispatcher(server.core);
  const scratch = await mkdtemp(join(tmpdir(), 'slipway-remote-'));
  const runners: RemoteProcess[] = [];
  await git.host('harbor');
  const copy = await git.workingCopy('harbor');
  let tokens = 0;
  let usual: Promise<{ id: number; token: string }> | undefined;

  const test: RemoteRunnersTest = {
    server,
    git,
    copy,
    scratch,
    async token(limits = {}) {
      tokens += 1;
      return server.machine.call(api.createRunnerToken, { body: { name: `token ${tokens}`, ...limits } });
    },
    async runner(options = {}) {
      usual ??= test.token();
      const token = options.token ?? (await usual).token;
      const started = startProcess(options.url ?? server.address, token, {
        args: options.args ?? [],
        state: options.state ?? join(scratch, 'state'),
        clockAheadMs: options.clockAheadMs ?? 0,
      });
      runners.push(started);
      await eventually('the runner is let in', async () => {
        return started.printed().includes('takes jobs of') || started.child.exitCode !== null;
      });
      return started;
    },
    async push(jobs, files = {}) {
      const text = `on: push\nenv: { SCRATCH: ${JSON.stringify(scratch)} }\njobs:\n${jobs}`;
      const all: Record<string, string> = { ...files, '.github/workflows/test.yml': text };
      for (const [path, content] of Object.entries(all)) {
        await mkdir(dirname(join(client.directory, 'harbor-copy', path)), { recursive: true });
        await writeFile(join(client.directory, 'harbor-copy', path), content);
      }
      const sha = await copy.commit();
      await copy.must('push', '--quiet', 'origin', 'HEAD');
      let id = 0;
      await eventually('the push starts a run', async () => {
        const { items } = await server.machine.call(api.listRuns, { query: { repository: 'harbor', sha } });
        id = items[0]?.id ?? 0;
        return id > 0;
      });
      return id;
    },
    jobs: (run) => jobsOf(server, run),
    async over(run) {
      let jobs: Job[] = [];
      await eventually(
        `run ${run} is over`,
        async () => {
          const shown = await server.machine.call(api.showRun, { params: { run } });
          jobs = shown.jobs_list;
          return shown.state === 'completed';
        },
        60_000,
      );
      return jobs;
    },
    async until(run, what, wish) {
      let found: Job | undefined;
      await eventually(
        what,
        async () => {
          found = (await jobsOf(server, run)).find(wish);
          return found !== undefined;
        },
        60_000,
      );
      if (found === undefined) throw new Error(what);
      return found;
    },
    async log({ id }) {
      return (await server.machine.fetchRaw(api.jobLog, { params: { job: id } })).text();
    },
    async [Symbol.asyncDispose]() {
      for (const { child, ended } of runners) {
        child.kill('SIGCONT');
        child.kill('SIGTERM');
        child.kill('SIGTERM');
        await ended;
      }
      await dispatcher.close();
      await git[Symbol.asyncDispose]();
      await rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
  return test;
}

async function jobsOf(server: GitServerTest['test'], run: number) {
  return (await server.machine.call(api.showRun, { params: { run } })).jobs_list;
}

function startProcess(
  url: string,
  token: string,
  { args, state, clockAheadMs }: { args: readonly string[]; state: string; clockAheadMs: number },
): RemoteProcess {
  const main = join(packageRoot, 'src/main.ts');
  const options = ['--disable-warning=ExperimentalWarning', main, 'runner', '--url', url, '--state', state];
  const child = spawn(process.execPath, [...shiftedClock(clockAheadMs), ...options, ...args], {
    env: {
      ...process.env,
      SLIPWAY_RUNNER_TOKEN: token,
      SLIPWAY_LOG_LEVEL: process.env.SLIPWAY_LOG_LEVEL || 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  return {
    child,
    state,
    printed: () => printed,
    ended: once(child, 'exit').then(([code, signal]) => code ?? signal),
  };
}

/** Arguments of Node by which all that it runs sees another time. */
function shiftedClock(aheadMs: number): string[] {
  if (aheadMs === 0) return [];
  const script = `
    const { Date: Real } = globalThis;
    globalThis.Date = class extends Real {
      constructor(...given) { given.length === 0 ? super(Real.now() + ${aheadMs}) : super(...given); }
      static now() { return Real.now() + ${aheadMs}; }
    };`;
  return ['--import', `data:text/javascript,${encodeURIComponent(script)}`];
}
