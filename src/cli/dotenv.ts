import { AppError } from '../platform/errors.ts';

export interface DotenvEntry {
  readonly name: string;
  readonly value: string;
  /** Where it stands, from 1. */
  readonly line: number;
}

/**
 * Reads a `.env` file: `NAME=VALUE` lines as Node's `util.parseEnv` takes them (`export`, comments, three kinds of
 * quotes over several lines, `\n` within double ones). What that would skip or cut in silence is a problem here, for
 * these are secrets. Problems come with their lines, never with a value.
 */
export function readDotenv(file: string, text: string): DotenvEntry[] {
  const source = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const entries: DotenvEntry[] = [];
  const problems: string[] = [];
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const read = readEntry(source, at);
    if (read.problem !== undefined) problems.push(`${file}:${line} ${read.problem}`);
    if (read.entry !== undefined) entries.push({ ...read.entry, line });
    line += source.slice(at, read.end).split('\n').length - 1;
    at = read.end;
  }
  problems.push(...repeated(file, entries));
  if (problems.length > 0) throw new AppError('invalid_input', problems.join('\n'), { problems });
  return entries;
}

interface Read {
  readonly entry?: { name: string; value: string };
  readonly problem?: string;
  /** Where the next line begins. */
  readonly end: number;
}

const blank = /[ \t]*(?:#.*)?(?:\n|$)/y;
const beginning = /[ \t]*(?:export[ \t]+)?([^\s=#"'`]+)[ \t]*=[ \t]*/y;

function readEntry(source: string, at: number): Read {
  blank.lastIndex = at;
  if (blank.test(source)) return { end: blank.lastIndex || source.length };
  beginning.lastIndex = at;
  const name = beginning.exec(source)?.[1];
  if (name === undefined) {
    const problem = 'is no NAME=VALUE; put a value of several lines into quotes';
    return { problem, end: endOfLine(source, at) };
  }
  const from = beginning.lastIndex;
  const quote = source[from];
  return quote === '"' || quote === "'" || quote === '`'
    ? readQuoted(source, name, from, quote)
    : readPlain(source, name, from);
}

const endOfLine = (source: string, at: number): number => {
  const feed = source.indexOf('\n', at);
  return feed === -1 ? source.length : feed + 1;
};

function readQuoted(source: string, name: string, from: number, quote: string): Read {
  const close = source.indexOf(quote, from + 1);
  if (close === -1)
    return { problem: `the quote ${quote} before the value of ${name} is never closed`, end: source.length };
  const end = endOfLine(source, close);
  if (!/^[ \t]*(?:#.*)?\n?$/.test(source.slice(close + 1, end))) {
    const problem = `something follows the closing quote ${quote} of ${name}; put a value that has this quote in it into another kind of quotes (" ' \`)`;
    return { problem, end };
  }
  const raw = source.slice(from + 1, close);
  return { entry: { name, value: quote === '"' ? raw.replaceAll('\\n', '\n') : raw }, end };
}

function readPlain(source: string, name: string, from: number): Read {
  const end = endOfLine(source, from);
  const rest = source.slice(from, end).replace(/\n$/, '');
  const mark = rest.indexOf('#');
  if (mark > 0 && !/[ \t]/.test(rest[mark - 1] ?? '')) {
    const problem = `the value of ${name} has a # in it: put the value into quotes, or white space before a comment`;
    return { problem, end };
  }
  return { entry: { name, value: (mark === -1 ? rest : rest.slice(0, mark)).trim() }, end };
}

function repeated(file: string, entries: readonly DotenvEntry[]): string[] {
  const firstOf = new Map<string, number>();
  return entries.flatMap(({ name, line }) => {
    const first = firstOf.get(name.toUpperCase());
    firstOf.set(name.toUpperCase(), first ?? line);
    return first === undefined ? [] : [`${file}:${line} ${name} is there already, at line ${first}`];
  });
}
