import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Client } from '../../src/contract/client.ts';
import { api } from '../../src/contract/index.ts';
import type { RunDetail, WorkflowRun } from '../../src/contract/runs.ts';
import type { Runner } from '../../src/runner/runner.ts';
import { type DispatcherService, startDispatcher } from '../../src/services/dispatcher.ts';
import type { JobRunnerOptions } from '../../src/services/jobEngine.ts';
import { startJobRunnerService } from '../../src/services/jobRunnerService.ts';
import type { TestApi } from './api.ts';
import { createGitServerTest, type GitServerTest, type WorkingCopy } from './gitServer.ts';
import { eventually } from './ship.ts';

/** Files by path; objects are written as YAML. */
export type Files = Record<string, string | object>;

/**
 * A whole Slipway in this process with one hosted repository, `harbor`, its dispatcher and a runner of jobs, and the
 * verbs in which journeys about runs are told.
 */
export interface Ci extends AsyncDisposable {
  readonly api: TestApi;
  readonly client: Client;
  readonly git: GitServerTest;
  readonly copy: WorkingCopy;
  /** For what jobs leave as evidence. */
  readonly scratch: string;
  readonly dispatcher: DispatcherService;
  runners: Runner[];
  /** Writes files, commits and pushes them to a branch. Answers the sha. */
  push(files: Files, options?: { branch?: string; message?: string; force?: boolean }): Promise<string>;
  /** Writes files and commits them, with no other workflow than those among them; nothing is pushed. */
  commit(files: Files, message?: string): Promise<string>;
  /** The newest runs of a commit, once there are so many. */
  runsOf(sha: string, count?: number): Promise<WorkflowRun[]>;
  /** Waits until the newest run of a commit (of a workflow) has ended. */
  ended(sha: string, workflow?: string): Promise<RunDetail>;
  show(run: number, attempt?: number): Promise<RunDetail>;
  until(run: number, what: string, condition: (run: RunDetail) => boolean): Promise<RunDetail>;
  log(job: number): Promise<string>;
  startRunner(options?: JobRunnerOptions): Promise<Runner>;
}

export interface CiOptions {
  /** Without one, jobs stay queued. */
  readonly runner?: boolean;
  readonly jobRunner?: JobRunnerOptions;
}

export async function createCi(options: CiOptions = {}): Promise<Ci> {
  const git = await createGitServerTest();
  const { test } = git;
  const scratch = await mkdtemp(join(tmpdir(), 'slipway-ci-'));
  const dispatcher = startDispatcher(test.core);
  await git.host('harbor');
  const copy = await git.workingCopy('harbor');
  const root = join(git.client.directory, 'harbor-copy');
  const client = test.machine;
  const ci: Ci = {
    api: test,
    client,
    git,
    copy,
    scratch,
    dispatcher,
    runners: [],
    commit: async (files, message = 'Change') => {
      await rm(join(root, '.github'), { recursive: true, force: true });
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), typeof content === 'string' ? content : stringify(content));
      }
      await copy.must('add', '--all');
      await copy.must('commit', '--quiet', '--allow-empty', '--message', message);
      return copy.must('rev-parse', 'HEAD');
    },
    push: async (files, { branch = 'main', message, force = false } = {}) => {
      const sha = await ci.commit(files, message);
      await copy.must(
        'push',
        '--quiet',
        ...(force ? ['--force'] : []),
        'origin',
        `HEAD:refs/heads/${branch}`,
      );
      return sha;
    },
    runsOf: async (sha, count = 1) => {
      let items: WorkflowRun[] = [];
      await eventually(`${sha} has ${count} runs`, async () => {
        ({ items } = await client.call(api.listRuns, { query: { sha } }));
        return items.length >= count;
      });
      return items;
    },
    ended: async (sha, workflow) => {
      const runs = await ci.runsOf(sha);
      const run = runs.find((one) => workflow === undefined || one.workflow === workflow);
      if (run === undefined) throw new Error(`${workflow} has no run of ${sha}`);
      return ci.until(run.id, 'ended', ({ state }) => state === 'completed');
    },
    show: (run, attempt) =>
      client.call(api.showRun, { params: { run }, query: attempt === undefined ? {} : { attempt } }),
    until: async (run, what, condition) => {
      let last = await ci.show(run);
      await eventually(`run ${run} has ${what}`, async () => {
        last = await ci.show(run);
        return condition(last);
      });
      return last;
    },
    log: async (job) => (await client.fetchRaw(api.jobLog, { params: { job } })).text(),
    startRunner: async (more = {}) => {
      const runner = await startJobRunnerService(test.core, {
        visible: [scratch],
        ...options.jobRunner,
        ...more,
      });
      ci.runners.push(runner);
      return runner;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(ci.runners.map((runner) => runner.stop('the test is over')));
      await dispatcher.close();
      await git[Symbol.asyncDispose]();
      await rm(scratch, { recursive: true, force: true });
    },
  };
  if (options.runner !== false) await ci.startRunner();
  return ci;
}

/** A workflow in the usual place. */
export const workflow = (name: string, content: object): Files => ({
  [`.github/workflows/${name}.yml`]: { name, ...content },
});

/** A job of this machine with these scripts. */
export const job = (scripts: readonly string[], more: object = {}): object => ({
  'runs-on': 'ubuntu-latest',
  steps: scripts.map((run) => ({ run })),
  ...more,
});
