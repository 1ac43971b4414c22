import { runGit } from './git.ts';
import { assertSha } from './sha.ts';

/** What a path is at a commit: the text of a file (UTF-8), too large for it, or nothing that can be read. */
export type FileAtCommit = { readonly text: string } | { readonly tooLarge: number } | null;

const mostReadBytes = 64 * 1024 * 1024;

/** The names of the files directly in a directory of a commit, sorted. Links and submodules are none. */
export async function listFilesAt(gitDir: string, sha: string, directory: string): Promise<string[]> {
  assertSha(sha);
  const output = await runGit(['ls-tree', '-z', sha, '--', `${directory}/`], { gitDir });
  return output
    .toString()
    .split('\0')
    .flatMap((entry) => /^100\d{3} blob [0-9a-f]+\t(.+)$/s.exec(entry)?.[1] ?? []);
}

/** Reads files of a commit in one process, in order. A path may be any text: none of it is evaluated. */
export async function readFilesAt(
  gitDir: string,
  sha: string,
  paths: readonly string[],
  mostBytes: number,
): Promise<FileAtCommit[]> {
  assertSha(sha);
  const blobs = await blobsOf(gitDir, sha, paths);
  const wanted = blobs.filter((blob) => blob !== null && blob.size <= mostBytes);
  const input = wanted.map((blob) => `${blob?.sha}\n`).join('');
  const output =
    wanted.length === 0
      ? Buffer.alloc(0)
      : await runGit(['cat-file', '--batch=%(objectsize)'], { gitDir, input, maxBytes: mostReadBytes });
  let at = 0;
  return blobs.map((blob) => {
    if (blob === null) return null;
    if (blob.size > mostBytes) return { tooLarge: blob.size };
    const start = output.indexOf(10, at) + 1;
    at = start + blob.size + 1;
    return { text: output.toString('utf8', start, start + blob.size) };
  });
}

type Blob = { readonly sha: string; readonly size: number } | null;

/** Git refuses all when one leads out. */
const isInside = (path: string): boolean =>
  path !== '' && !path.includes('\0') && !path.startsWith('/') && !path.split('/').includes('..');

/** `ls-tree` and not `sha:path`, which cannot name a path with a line feed in it. */
async function blobsOf(gitDir: string, sha: string, paths: readonly string[]): Promise<Blob[]> {
  const usable = paths.filter(isInside);
  if (usable.length === 0) return paths.map(() => null);
  const output = await runGit(['ls-tree', '-z', '-l', sha, '--', ...usable], {
    gitDir,
    env: { GIT_LITERAL_PATHSPECS: '1' },
  });
  const found = new Map<string, Blob>();
  for (const entry of output.toString().split('\0')) {
    const [, object = '', size = '', path = ''] =
      /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(entry) ?? [];
    if (object !== '') found.set(path, { sha: object, size: Number(size) });
  }
  return paths.map((path) => found.get(path) ?? null);
}
