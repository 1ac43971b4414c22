import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { sideBandMessage } from './sideBand.ts';

const packet = (data: string) => (data.length + 4).toString(16).padStart(4, '0') + data;
const report = `${packet(`\u0001${packet('unpack ok\n')}${packet('ok refs/heads/main\n')}0000`)}0000`;
const line = packet('\u0002Slipway: hello\n');

/** What comes out when the answer arrives in pieces of that length, and how often the lines were asked for. */
async function through(answer: string, pieceLength: number): Promise<{ text: string; asked: number }> {
  let asked = 0;
  const pieces = answer.match(new RegExp(`[^]{1,${pieceLength}}`, 'g')) ?? [];
  const message = sideBandMessage(async () => {
    asked += 1;
    return ['Slipway: hello'];
  });
  const text = await buffer(Readable.from(pieces.map((piece) => Buffer.from(piece))).pipe(message));
  return { text: text.toString(), asked };
}

describe.each([1, 3, 7, 1000])('in pieces of %i bytes', (length) => {
  it('says its line after the report, and before the end', async () => {
    expect(await through(report, length)).toEqual({ text: `${report.slice(0, -4)}${line}0000`, asked: 1 });
  });

  it.each([
    ['without side band', `${packet('unpack ok\n')}0000`, 1],
    ['nothing', '', 0],
    ['cut short', report.slice(0, 12), 0],
    ['no packets at all', 'Service not enabled', 0],
    ['refs with nothing behind', packet('x').slice(0, 3), 0],
  ])('passes on what has no place for it: %s', async (_, answer, asked) => {
    expect(await through(answer, length)).toEqual({ text: answer, asked });
  });
});
