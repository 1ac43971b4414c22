import { randomUUID } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { lstat, open, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../platform/errors.ts';
import { describeByteSize } from '../../../platform/text/byteSize.ts';

/** The files by which a step speaks to the job, in the words of the `github` context. */
export interface CommandFiles {
  readonly output: string;
  readonly env: string;
  readonly path: string;
  readonly state: string;
  readonly step_summary: string;
}

const kinds = {
  output: 'set_output',
  env: 'set_env',
  path: 'add_path',
  state: 'save_state',
  step_summary: 'step_summary',
};

/** Makes empty files for one step. They must be writable for whoever the step becomes. */
export function makeCommandFiles(temporary: string): CommandFiles {
  const directory = join(temporary, '_runner_file_commands');
  mkdirSync(directory, { recursive: true });
  const id = randomUUID();
  const at = (kind: keyof typeof kinds) => join(directory, `${kinds[kind]}_${id}`);
  const files = {
    output: at('output'),
    env: at('env'),
    path: at('path'),
    state: at('state'),
    step_summary: at('step_summary'),
  };
  for (const file of Object.values(files)) closeSync(openSync(file, 'wx', 0o666));
  return files;
}

/** A step may have made their directory whatever it likes: what withstands goes with all of the job. */
export async function removeCommandFiles(files: CommandFiles): Promise<void> {
  await Promise.all(
    Object.values(files).map((file) =>
      unlink(file).catch((error: unknown) =>
        // A directory, or whatever a step put in its place.
        systemCode(error) === 'ENOENT'
          ? undefined
          : rm(file, { force: true, recursive: true }).catch(() => undefined),
      ),
    ),
  );
}

/** What a step wrote into one of its files, or why that is not taken. A file that was removed is empty. */
export type FileText = { readonly text: string } | { readonly refused: string };

/**
 * Reads at most `limitBytes`. A step may have put anything in the place of the file: a link, a pipe that nobody
 * writes, a device without an end. None of them is followed or waited for.
 */
export async function readCommandFile(path: string, limitBytes: number): Promise<FileText> {
  const found = await lstat(path).catch(() => null);
  if (found?.isFile() && found.size === 0) return { text: '' };
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => error.code ?? '',
  );
  if (typeof file === 'string')
    return file === 'ENOENT' ? { text: '' } : { refused: `it cannot be opened (${file})` };
  try {
    const stats = await file.stat();
    if (!stats.isFile()) return { refused: 'the step put something in its place that is no file' };
    if (stats.size > limitBytes)
      return {
        refused: `it has ${describeByteSize(stats.size)}, and ${describeByteSize(limitBytes)} is the most that is taken`,
      };
    const { buffer, bytesRead } = await file.read(Buffer.alloc(stats.size), 0, stats.size, 0);
    return {
      text: buffer.toString(
        'utf8',
        buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0,
        bytesRead,
      ),
    };
  } finally {
    await file.close();
  }
}
