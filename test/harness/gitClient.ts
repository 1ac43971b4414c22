import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a git command said. It never throws: refusals are what many tests are about. */
export interface GitAnswer {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** People's git, with a directory of its own and nobody's configuration. */
export interface GitClient extends AsyncDisposable {
  readonly directory: string;
  /** Runs git in a directory below this one. */
  git(place: string, ...args: string[]): Promise<GitAnswer>;
  /** The same, and throws what it said when it fails. */
  must(place: string, ...args: string[]): Promise<string>;
}

/** `environment` may say more, such as GIT_PROTOCOL settings by GIT_CONFIG_COUNT. */
export async function createGitClient(environment: Record<string, string> = {}): Promise<GitClient> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-git-'));
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: directory,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
    LC_ALL: 'C',
    ...environment,
  };
  const git = (place: string, ...args: string[]) =>
    new Promise<GitAnswer>((resolve) => {
      const options = { cwd: join(directory, place), env, maxBuffer: 2 ** 28 };
      execFile('git', args, options, (error, stdout, stderr) =>
        resolve({ ok: error === null, stdout: stdout.trimEnd(), stderr }),
      );
    });
  return {
    directory,
    git,
    async must(place, ...args) {
      const { ok, stdout, stderr } = await git(place, ...args);
      if (!ok) throw new Error(`git ${args.join(' ')}: ${stderr}`);
      return stdout;
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
