import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CommandScanner } from './commandScanner.ts';
import { parseCommand } from './parseCommand.ts';

describe('what is a command', () => {
  test.each([
    ['::error::x', 'error', {}, 'x'],
    ['  \t::error::x', 'error', {}, 'x'],
    ['::ERROR::x', 'error', {}, 'x'],
    [
      '::error file=a.js,line=1,col=2,title=A%2CB%3A::m',
      'error',
      { file: 'a.js', line: '1', col: '2', title: 'A,B:' },
      'm',
    ],
    ['::error  file=a.js ::m', 'error', { file: 'a.js' }, 'm'],
    ['::error file=a=b,,x,=y::m', 'error', { file: 'a=b' }, 'm'],
    ['::set-output name=x::a::b', 'set-output', { name: 'x' }, 'a::b'],
    ['::notice::a%0Ab%0D%25', 'notice', {}, 'a\nb\r%'],
    ['::notice::%250A', 'notice', {}, '%0A'],
    ['::notice::%2C%3A', 'notice', {}, '%2C%3A'],
    ['::endgroup::', 'endgroup', {}, ''],
    ['##[group]x', 'group', {}, 'x'],
    ['before ##[error]x', 'error', {}, 'x'],
    ['##[error file=a;line=2]x%3B%5D%250A', 'error', { file: 'a', line: '2' }, 'x;]%0A'],
  ])('%s', (line, name, properties, data) => {
    expect(parseCommand(line, null)).toEqual({ name, properties, data });
  });

  test.each([
    'x ::error::x',
    '::error:x',
    '::unknown::x',
    '::error',
    ':: error::x',
    '##[unknown]x',
    '##[error',
    'std::vec::Vec',
    '[error]x',
  ])('%s is none', (line) => {
    expect(parseCommand(line, null)).toBeNull();
  });

  test('a token that ends stop-commands is one, in any case', () => {
    expect(parseCommand('::My-Token::', 'my-token')?.name).toBe('my-token');
    expect(parseCommand('##[my-token]', 'my-token')?.name).toBe('my-token');
  });
});

test('a stream is cut into text and commands in the same way however it is split', () => {
  const piece = fc.constantFrom(
    '::error::x',
    '##[group]y',
    'text',
    ' ',
    '\n',
    '\r\n',
    '\r',
    '::',
    'a::b',
    '#',
    'é',
    'std::vec::Vec\n',
    '::warning::z\n',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 25 }),
      fc.array(fc.nat(200), { maxLength: 8 }),
      (pieces, cuts) => {
        const stream = Buffer.from(pieces.join(''));
        expect(scan(stream, cuts)).toEqual(scanSlowly(stream.toString()));
      },
    ),
    { numRuns: 2000 },
  );
});

test('a long line is passed on in pieces, but a long command is one', () => {
  const long = Buffer.from(
    `${'x'.repeat(200_000)}::error::no\n::set-output name=x::${'y'.repeat(300_000)}\nend\n`,
  );
  const cuts = Array.from({ length: 20 }, (_, i) => i * 30_000);
  const found = scan(long, cuts);
  expect(found.commands).toEqual([`::set-output name=x::${'y'.repeat(300_000)}`]);
  expect(found.text).toBe(`${'x'.repeat(200_000)}::error::no\nend\n`);
});

function scan(stream: Buffer, cuts: readonly number[]) {
  let text = '';
  const commands: string[] = [];
  const order: string[] = [];
  const scanner = new CommandScanner({
    wantsLines: false,
    text: (bytes) => {
      text += bytes.toString();
      order.push(...(bytes.toString().match(/text/g) ?? []));
    },
    take: (line) => {
      if (parseCommand(line, null) === null) return null;
      return () => {
        commands.push(line);
        order.push(line);
      };
    },
  });
  const places = [0, ...cuts.filter((cut) => cut < stream.length).toSorted((a, b) => a - b), stream.length];
  for (const [index, start] of places.entries())
    scanner.write(stream.subarray(start, places[index + 1] ?? stream.length));
  scanner.end();
  return { text, commands };
}

function scanSlowly(stream: string) {
  let text = '';
  const commands: string[] = [];
  for (const [whole, line = ''] of stream.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)) {
    if (parseCommand(line, null) === null) text += whole;
    else commands.push(line);
  }
  return { text, commands };
}
