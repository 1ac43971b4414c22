import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDotenv } from './dotenv.ts';

const read = (text: string) =>
  Object.fromEntries(readDotenv('.env', text).map(({ name, value }) => [name, value]));
const problems = (text: string): string => {
  try {
    return JSON.stringify(read(text));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('a .env file', () => {
  it('has values of several lines, in three kinds of quotes, and comments', () => {
    const text = `\ufeff# for CI
export TOKEN=abc=def   # the rest is a comment
SPACED =  two words${' '}
EMPTY=
QUOTED="# none"  # one
JSON='{"a": "b#c"}'
TICKS=\`it's "so"\`
KEY="-----BEGIN KEY-----
  # no comment

MIIE\\nvQ==
-----END KEY-----
"
LAST='x'`;
    const values = {
      TOKEN: 'abc=def',
      SPACED: 'two words',
      EMPTY: '',
      QUOTED: '# none',
      JSON: '{"a": "b#c"}',
      TICKS: `it's "so"`,
      KEY: '-----BEGIN KEY-----\n  # no comment\n\nMIIE\nvQ==\n-----END KEY-----\n',
      LAST: 'x',
    };
    expect(read(text)).toEqual(values);
    expect(read(text.replaceAll('\n', '\r\n'))).toEqual(values);
    const lines = readDotenv('.env', text).map(({ name, line }) => `${name}:${line}`);
    expect(lines.join(' ')).toBe('TOKEN:2 SPACED:3 EMPTY:4 QUOTED:5 JSON:6 TICKS:7 KEY:8 LAST:14');
  });

  it('is told all its problems, each with its line and none with a value', () => {
    const text = `A=1
hush-hush
B="hush"hush"
C=hush#hush
a=again
D='hush
`;
    expect(problems(text).split('\n')).toEqual([
      '.env:2 is no NAME=VALUE; put a value of several lines into quotes',
      '.env:3 something follows the closing quote " of B; put a value that has this quote in it into another kind of quotes (" \' `)',
      '.env:4 the value of C has a # in it: put the value into quotes, or white space before a comment',
      ".env:6 the quote ' before the value of D is never closed",
      '.env:5 a is there already, at line 1',
    ]);
  });

  it('gives back what was written into it, and as Node reads it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(written, { selector: ({ name }) => name.toUpperCase() }), (entries) => {
        const source = entries.map(({ text }) => text).join('');
        const expected = Object.fromEntries(entries.map(({ name, value }) => [name, value]));
        expect(read(source)).toEqual(expected);
        expect({ ...parseEnv(source) }).toEqual(expected);
        expect(readDotenv('.env', source).map(({ line }) => line)).toEqual(
          entries.map((_, index) => linesOf(entries.slice(0, index)) + 1),
        );
      }),
    );
  });
});

const linesOf = (entries: readonly { text: string }[]): number =>
  entries.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);

/** An entry as somebody may write it: in any quotes that its value does not have, with or without a comment. */
const written = fc
  .record({
    name: fc.stringMatching(/^[A-Za-z_]\w{0,8}$/),
    value: fc.string({ unit: fc.constantFrom('a', 'é', ' ', '=', '#', '$', '\\', '"', "'", '`', '\n') }),
    quote: fc.constantFrom('"', "'", '`'),
    before: fc.constantFrom('', 'export '),
    after: fc.constantFrom('', ' ', ' # "why"'),
  })
  .filter(({ value, quote }) => !value.includes(quote) && !value.includes('\\n'))
  .map(({ name, value, quote, before, after }) => ({
    name,
    value,
    text: `${before}${name}=${quote}${value}${quote}${after}\n`,
  }));
