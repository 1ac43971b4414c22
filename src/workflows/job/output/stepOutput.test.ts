import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../run/events.ts';
import { createLineCommands } from '../commands/lineCommands.ts';
import { LineMatching } from '../commands/lineMatching.ts';
import { Masks } from './masks.ts';
import { Observer } from './observer.ts';
import { LogBudget, StepOutput } from './stepOutput.ts';

const secrets = ['hunter2-hunter2', 'first line of it\nsecond line of it', 'geheimé-wort'];

test('however the output is split, the same is shown, nothing of a secret is, and no character is torn', async () => {
  const spelling = secrets.flatMap((secret) => [
    secret,
    Buffer.from(secret).toString('base64'),
    encodeURIComponent(secret),
  ]);
  const piece = fc.constantFrom(
    ...spelling,
    'text é ☃',
    '\n',
    '\n',
    '::error::hunter2-hunter2\n',
    '::add-mask::late-secret\n',
    'late-secret',
    '\r\n',
    'hunter2-',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 25 }),
      fc.array(fc.nat(400), { maxLength: 10 }),
      async (pieces, cuts) => {
        const stream = Buffer.from(pieces.join(''));
        const whole = await show(stream, []);
        const split = await show(stream, cuts);
        expect(split).toEqual(whole);
        for (const secret of [...secrets, 'second line of it']) expect(split.text).not.toContain(secret);
        expect(split.text).not.toContain('\ufffd');
      },
    ),
    { numRuns: 500 },
  );
});

test('a thousand masks that come one after another do not take minutes', async () => {
  const lines = Array.from(
    { length: 1000 },
    (_, i) => `::add-mask::secret-number-${i}\nsecret-number-${i} is set\n`,
  );
  const { text } = await show(Buffer.from(lines.join('')), []);
  expect(text).toBe('*** is set\n'.repeat(1000));
});

async function show(stream: Buffer, cuts: readonly number[]) {
  const events: RunEvent[] = [];
  const observe = (event: RunEvent) => {
    events.push(event);
    return undefined;
  };
  const masks = new Masks(secrets);
  const state = {
    masks,
    workspace: '/',
    outside: (path: string) => path,
    debug: false,
    echo: false,
    matchers: [],
    matching: new LineMatching(),
  };
  const output = new StepOutput({
    step: 1,
    observer: new Observer(observe, 'job'),
    masks,
    budget: new LogBudget(undefined),
    reader: (own) => createLineCommands(state, own),
  });
  const nothing = () => undefined;
  output.commands = {
    env: {},
    fail: nothing,
    setOutput: nothing,
    saveState: nothing,
    setEnv: nothing,
    addPath: nothing,
  };
  const places = [0, ...cuts.filter((cut) => cut < stream.length).toSorted((a, b) => a - b), stream.length];
  for (const [index, start] of places.entries())
    await output.write(Buffer.from(stream.subarray(start, places[index + 1] ?? stream.length)));
  await output.endOfProcess();
  return {
    text: events.map((event) => (event.kind === 'output' ? event.text : '')).join(''),
    annotations: events.filter((event) => event.kind === 'annotation').map(({ message }) => message),
  };
}
