import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { InvalidArgumentError } from 'commander';
import { AppError } from '../../../platform/errors.ts';

export interface Pair {
  readonly key: string;
  readonly value: string;
}

/** Reads `NAME=VALUE` of an option that may be given several times. */
export function collectPair(text: string, before: readonly Pair[] | undefined): Pair[] {
  return [...(before ?? []), splitPair(text, '=')];
}

/** Reads `KEY:VALUE` (or `KEY=VALUE`) of `--matrix`. */
export function collectMatrix(text: string, before: readonly Pair[] | undefined): Pair[] {
  const colon = text.indexOf(':');
  const equals = text.indexOf('=');
  const sign = equals !== -1 && (colon === -1 || equals < colon) ? '=' : ':';
  return [...(before ?? []), splitPair(text, sign)];
}

/** Reads the values of an option that may be given several times. */
export const collect = (text: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  text,
];

function splitPair(text: string, sign: '=' | ':'): Pair {
  const at = text.indexOf(sign);
  if (at > 0) return { key: text.slice(0, at), value: text.slice(at + 1) };
  throw new InvalidArgumentError(`It takes KEY${sign}VALUE.`);
}

/**
 * Names and values from files of `NAME=VALUE` lines (as `.env` files have them, quotes and all) and then from options,
 * of which `NAME` alone takes it from the environment. Later ones count.
 */
export async function gatherPairs(
  what: string,
  from: { readonly files: readonly string[]; readonly given: readonly string[] },
  env: Readonly<Record<string, string | undefined>>,
): Promise<Record<string, string>> {
  const gathered: Record<string, string> = {};
  for (const file of from.files) Object.assign(gathered, await readPairs(file));
  for (const text of from.given) {
    const at = text.indexOf('=');
    const name = at === -1 ? text : text.slice(0, at);
    const value = at === -1 ? env[name] : text.slice(at + 1);
    if (name === '')
      throw new AppError('invalid_input', `${what} ${JSON.stringify(text)} has no name before the =`);
    if (value === undefined) {
      throw new AppError(
        'invalid_input',
        `the environment has no ${name} for ${what} ${name}: export it, or write ${what} ${name}=VALUE`,
      );
    }
    gathered[name] = value;
  }
  return gathered;
}

async function readPairs(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new AppError(
      'invalid_input',
      `${file} cannot be read: ${error instanceof Error ? error.message : error}`,
      {},
      { cause: error },
    );
  });
  const wrong = lineWithoutName(text);
  if (wrong !== null) throw new AppError('invalid_input', `${file}:${wrong}: this line is no NAME=VALUE`);
  return parseEnv(text) as Record<string, string>;
}

/** What the parser would pass over in silence. The line itself may be a secret, and is not told. */
export function lineWithoutName(text: string): number | null {
  const unquoted = text.replaceAll(
    /=[ \t]*(["'`])[\s\S]*?\1/g,
    (value) => `=${value.replaceAll(/[^\n]/g, '')}`,
  );
  const index = unquoted
    .split('\n')
    .findIndex((line) => !/^\s*(?:#.*|(?:export\s+)?[\w.-]+\s*=.*)?$/s.test(line) && line.trim() !== '');
  return index === -1 ? null : index + 1;
}
