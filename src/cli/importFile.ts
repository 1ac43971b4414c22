import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import {
  maxValueBytes,
  maxValuesAtOnce,
  type ValueKind,
  valueNameProblem,
} from '../contract/workflowRules.ts';
import type { ValuesSet } from '../contract/workflowValues.ts';
import { AppError, systemCode } from '../platform/errors.ts';
import { isMaskable, shortestSecretBytes } from '../platform/masking/index.ts';
import type { Run } from './command.ts';
import { type DotenvEntry, readDotenv } from './dotenv.ts';

/** The names and values of a `.env` file (`-`: standard input), or every reason with its line why they cannot be set. */
export async function readImport(
  run: Run,
  kind: ValueKind,
  file: string,
): Promise<{ name: string; value: string }[]> {
  const shown = file === '-' ? 'standard input' : file;
  const entries = readDotenv(shown, await readText(run, file));
  if (entries.length === 0) throw new AppError('invalid_input', `${shown} has no NAME=VALUE in it`);
  if (entries.length > maxValuesAtOnce) {
    throw new AppError(
      'invalid_input',
      `${shown} has ${entries.length} names, and ${maxValuesAtOnce} are set at once; split it`,
    );
  }
  const problems = entries.flatMap((entry) => {
    const problem = problemOf(kind, entry);
    return problem === null ? [] : [`${shown}:${entry.line} ${entry.name} ${problem}`];
  });
  if (problems.length > 0) throw new AppError('invalid_input', problems.join('\n'), { problems });
  return entries.map(({ name, value }) => ({ name, value }));
}

async function readText({ stdin }: Run, file: string): Promise<string> {
  if (file === '-') return readAll(stdin);
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('invalid_input', `${file} cannot be read (${systemCode(cause)})`, {}, { cause });
  });
}

function problemOf(kind: ValueKind, { name, value }: DotenvEntry): string | null {
  const problem = valueNameProblem(name);
  if (problem !== null) return problem;
  if (Buffer.byteLength(value) > maxValueBytes) return `has more than ${maxValueBytes} bytes (48 KiB)`;
  if (kind === 'variable' || isMaskable(value)) return null;
  return `has less than ${shortestSecretBytes} bytes and could not be masked in logs; make it a variable if it is no secret`;
}

/** What was done, in one line. */
export function importNote({ items }: ValuesSet, of: string): string {
  const created = items.filter(({ outcome }) => outcome === 'created').map(({ name }) => name);
  const replaced = items.filter(({ outcome }) => outcome === 'replaced').map(({ name }) => name);
  const parts = [
    ...(created.length > 0 ? [`new: ${created.join(', ')}`] : []),
    ...(replaced.length > 0 ? [`replaced: ${replaced.join(', ')}`] : []),
  ];
  return `${of}: ${parts.join('; ')}`;
}
