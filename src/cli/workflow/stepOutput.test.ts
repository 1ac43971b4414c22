import { expect, test } from 'vitest';
import { createLogFilter } from '../output/logFilter.ts';
import { createStepOutput, mostKept, mostLinesKept } from './stepOutput.ts';

const open = () => createStepOutput(createLogFilter({ colours: false }));

test('of what a step wrote the last lines are kept, whether they are many or long', () => {
  const many = open();
  for (let n = 1; n <= 5_000; n += 1) many.take(`${n}\n`);
  expect(many.kept()).toMatchObject({ before: 5_000 - mostLinesKept });
  expect(many.kept().lines.at(-1)).toBe('5000');

  const long = open();
  for (let n = 0; n < 100; n += 1) long.take(`${'x'.repeat(300_000)}${n}\n`);
  const { lines, before } = long.kept();
  expect(lines.length + before).toBe(100);
  expect(lines.join('').length).toBeLessThan(3 * mostKept);
  expect(lines.at(-1)?.endsWith('x99')).toBe(true);
});

test('a line that does not end comes in pieces, and all of it', () => {
  const output = open();
  const pieces = Array.from({ length: 100 }, () => output.take('x'.repeat(32_768))).flat();
  expect(pieces.length).toBeGreaterThan(1);
  expect([...pieces, ...output.end()].join('').length).toBe(100 * 32_768);
});
