import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { api } from '../../src/contract/index.ts';
import type { RunDetail } from '../../src/contract/runs.ts';
import { eventually } from './eventually.ts';
import type { Scratch } from './scratch.ts';
import type { RunningSlipway } from './slipway.ts';

const run = promisify(execFile);

/** A repository that a Slipway hosts, and a working copy of it. */
export interface CiRepository {
  /** Commits the workflow, or an empty change of it; nothing is pushed. */
  commit(jobs?: object): Promise<string>;
  push(): Promise<void>;
  /** Waits for the end of the run of a commit. */
  ended(sha: string): Promise<RunDetail>;
  /** The id of its first job, as soon as there is one. */
  firstJob(sha: string): Promise<number>;
}

const repository = 'harbor';

export async function hostRepository(
  scratch: Scratch,
  { client, url, dataDir }: RunningSlipway,
): Promise<CiRepository> {
  const text = stringify({ repositories: { [repository]: null } });
  await client.call(api.applyConfiguration, { body: { text } });
  const cwd = await scratch.directory();
  const token = (await readFile(join(dataDir, 'machine-token'), 'utf8')).trim();
  const origin = new URL(`${url}/git/${repository}.git`);
  origin.username = 'bench';
  origin.password = token;
  const identity = { GIT_AUTHOR_NAME: 'Bench', GIT_AUTHOR_EMAIL: 'bench@example.com' };
  const env = {
    ...process.env,
    ...identity,
    GIT_COMMITTER_NAME: 'Bench',
    GIT_COMMITTER_EMAIL: 'bench@example.com',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const git = async (...args: string[]) => (await run('git', args, { cwd, env })).stdout.trim();
  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', origin.href);
  const runOf = (sha: string) =>
    eventually(
      `${sha} has a run`,
      async () => (await client.call(api.listRuns, { query: { sha, limit: 1 } })).items[0],
      { everyMs: 5 },
    );
  const show = async (sha: string) => client.call(api.showRun, { params: { run: (await runOf(sha)).id } });
  return {
    async commit(jobs) {
      if (jobs !== undefined) {
        await mkdir(join(cwd, '.github/workflows'), { recursive: true });
        await writeFile(join(cwd, '.github/workflows/bench.yml'), stringify({ on: 'push', jobs }));
        await git('add', '--all');
      }
      await git('commit', '--quiet', '--allow-empty', '--message', 'Change');
      return git('rev-parse', 'HEAD');
    },
    push: async () => void (await git('push', '--quiet', 'origin', 'main')),
    ended: async (sha) => {
      const { id } = await runOf(sha);
      const isOver = async () =>
        (await client.call(api.listRuns, { query: { sha, limit: 1 } })).items[0]?.state === 'completed';
      await eventually(`run ${id} ends`, isOver, { everyMs: 20, withinMs: 300_000 });
      return show(sha);
    },
    firstJob: (sha) =>
      eventually(
        `${sha} has a job`,
        async () => (await show(sha)).jobs_list.find(({ state }) => state !== 'pending')?.id,
        {
          everyMs: 10,
        },
      ),
  };
}
