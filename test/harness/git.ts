import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runGit } from '../../src/platform/git/index.ts';

/** Text, or raw bytes in any encoding. */
type Bytes = string | Buffer;

export type CommitOptions = {
  branch?: string;
  message?: Bytes;
  /** Content by path; null removes the file. Without it one file changes. A list, for paths of raw bytes. */
  files?: Record<string, Bytes | null> | readonly (readonly [Bytes, Bytes | null])[];
  author?: { name: Bytes; email: Bytes };
  /** By default each commit is one minute younger than the one before it. */
  at?: Date;
  /** Shas; by default the branch's tip. An empty list starts a new history. */
  parents?: readonly string[];
  /** Declared encoding of the message, which is then taken as it is. */
  encoding?: string;
};

/** A bare repository to fetch from, with a few verbs to give it a history. Remove it with `await using`. */
export type Repository = {
  readonly directory: string;
  git(...args: string[]): Promise<string>;
  /** Adds a commit to a branch (main) and returns its sha. */
  commit(options?: CommitOptions): Promise<string>;
  /** Creates a branch or moves it, also backwards: a force-push. */
  branch(name: string, target: string): Promise<void>;
  deleteBranch(name: string): Promise<void>;
  /** Creates or moves a tag; with a message it is an annotated one. */
  tag(name: string, target: string, message?: string): Promise<void>;
  /** Merges `from` into a branch (main), keeping the files of both, and returns the merge's sha. */
  merge(from: string, options?: { into?: string; message?: string }): Promise<string>;
  /** Feeds a stream to `git fast-import`, for what the verbs cannot say. */
  fastImport(stream: Bytes | AsyncIterable<Bytes> | Iterable<Bytes>): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
};

const firstCommitAt = Date.UTC(2026, 0, 1) / 1000;
const identity = { GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.com' };

/** Creates an empty bare repository, by default in a temporary directory. Its default branch is main. */
export async function createRepository(options: { directory?: string } = {}): Promise<Repository> {
  const home =
    options.directory === undefined ? await mkdtemp(join(tmpdir(), 'slipway-repository-')) : undefined;
  const directory = options.directory ?? join(home ?? '', 'source.git');
  await mkdir(dirname(directory), { recursive: true });
  await runGit(['init', '--quiet', '--bare', '--initial-branch=main', directory]);
  let commits = 0;

  const git = async (...args: string[]) => {
    return (await runGit(args, { gitDir: directory, env: identity })).toString().trimEnd();
  };
  const fastImport: Repository['fastImport'] = (stream) => importInto(directory, stream);
  const tip = async (branch: string) => {
    const sha = await git('for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`);
    return sha === '' ? [] : [sha];
  };

  return {
    directory,
    git,
    fastImport,
    async commit(commit = {}) {
      commits += 1;
      const parents = commit.parents ?? (await tip(commit.branch ?? 'main'));
      return (await fastImport(commitStream({ ...commit, parents }, commits))).trim();
    },
    async branch(name, target) {
      await git('update-ref', `refs/heads/${name}`, target);
    },
    async deleteBranch(name) {
      await git('update-ref', '-d', `refs/heads/${name}`);
    },
    async tag(name, target, message) {
      await git(
        'tag',
        '--force',
        ...(message === undefined ? [] : ['--annotate', `--message=${message}`]),
        name,
        target,
      );
    },
    async merge(from, { into = 'main', message = `Merge ${from}` } = {}) {
      commits += 1;
      const [base = '', other = ''] = [await git('rev-parse', into), await git('rev-parse', from)];
      const added = await git('diff', '--name-only', '--diff-filter=AM', `${base}...${other}`);
      const files = added.split('\n').filter((path) => path !== '');
      const contents = await Promise.all(
        files.map(
          async (path) => [path, await runGit(['show', `${other}:${path}`], { gitDir: directory })] as const,
        ),
      );
      return (
        await fastImport(
          commitStream({ branch: into, message, files: contents, parents: [base, other] }, commits),
        )
      ).trim();
    },
    async [Symbol.asyncDispose]() {
      await rm(home ?? directory, { recursive: true, force: true });
    },
  };
}

/** Runs fast-import and returns what `get-mark` and the like have printed. */
async function importInto(
  directory: string,
  stream: Bytes | AsyncIterable<Bytes> | Iterable<Bytes>,
): Promise<string> {
  const child = spawn('git', ['fast-import', '--quiet', '--force', '--cat-blob-fd=1'], {
    env: {
      PATH: process.env.PATH ?? '',
      GIT_DIR: directory,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const chunks = typeof stream === 'string' || Buffer.isBuffer(stream) ? [stream] : stream;
  for await (const chunk of chunks) {
    if (!child.stdin.write(chunk)) await new Promise((resolve) => child.stdin.once('drain', resolve));
  }
  child.stdin.end();
  const code = await ended;
  if (code !== 0) throw new Error(`git fast-import failed with exit code ${code}`);
  return output;
}

function commitStream(commit: CommitOptions, number: number): Buffer {
  const { branch = 'main', message = `Change ${number}`, author, encoding, parents = [] } = commit;
  const seconds =
    commit.at === undefined ? firstCommitAt + number * 60 : Math.floor(commit.at.getTime() / 1000);
  const name = bytes(author?.name ?? 'Ada');
  const who = Buffer.concat([
    name,
    bytes(' <'),
    bytes(author?.email ?? 'ada@example.com'),
    bytes(`> ${seconds} +0000\n`),
  ]);
  const [from, ...merged] = parents;
  return Buffer.concat([
    // A branch without parents begins anew, whatever it held.
    bytes(from === undefined ? `reset refs/heads/${branch}\n` : ''),
    bytes(`commit refs/heads/${branch}\nmark :1\nauthor `),
    who,
    bytes('committer '),
    who,
    bytes(encoding === undefined ? '' : `encoding ${encoding}\n`),
    data(message),
    bytes(from === undefined ? '' : `from ${from}\n`),
    ...merged.map((parent) => bytes(`merge ${parent}\n`)),
    ...fileEntries(commit.files ?? { 'file.txt': `${number}\n` }).map(fileChange),
    bytes('\nget-mark :1\n'),
  ]);
}

function fileEntries(
  files: NonNullable<CommitOptions['files']>,
): readonly (readonly [Bytes, Bytes | null])[] {
  return Array.isArray(files) ? files : Object.entries(files);
}

function fileChange([path, content]: readonly [Bytes, Bytes | null]): Buffer {
  if (content === null) return bytes(`D ${quoted(path)}\n`);
  return Buffer.concat([bytes(`M 100644 inline ${quoted(path)}\n`), data(content)]);
}

function data(content: Bytes): Buffer {
  const raw = bytes(content);
  return Buffer.concat([bytes(`data ${raw.length}\n`), raw, bytes('\n')]);
}

/** A path in C style, each unusual byte in octal. */
function quoted(path: Bytes): string {
  const escaped = [...bytes(path)].map((byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c
      ? `\\${byte.toString(8).padStart(3, '0')}`
      : String.fromCharCode(byte),
  );
  return `"${escaped.join('')}"`;
}

function bytes(text: Bytes): Buffer {
  return Buffer.isBuffer(text) ? text : Buffer.from(text);
}
