import { expect, test } from 'vitest';
import { renderTable } from './table.ts';
import { displayWidth } from './width.ts';

const plain = { columns: Number.POSITIVE_INFINITY, paint: (_style: unknown, text: string) => text };
const columns = [
  { title: 'APP' },
  { title: 'TITLE', flexible: true },
  { title: 'N', align: 'right' as const },
];

test('columns are as wide as their widest cell', () => {
  const rows = [
    ['harbor', 'Add tide tables', '5'],
    ['日本', 'x', '1234'],
  ];
  expect(renderTable(columns, rows, plain)).toEqual([
    'APP     TITLE               N',
    'harbor  Add tide tables     5',
    '日本    x                1234',
  ]);
});

test.each([20, 25, 30, 40, 60])('no line is longer than %i columns', (width) => {
  const rows = [['harbor', '日本語のタイトル with a very long tail, indeed', '5']];
  for (const line of renderTable(columns, rows, { ...plain, columns: width })) {
    expect(displayWidth(line)).toBeLessThanOrEqual(width);
  }
});

test('the widest flexible column gives way first', () => {
  const two = [
    { title: 'A', flexible: true },
    { title: 'B', flexible: true },
  ];
  const [, line] = renderTable(two, [['a'.repeat(40), 'b'.repeat(12)]], { ...plain, columns: 34 });
  expect(line).toBe(`${'a'.repeat(19)}…  ${'b'.repeat(12)}`);
});

test('a cell can neither break its line nor reach the terminal', () => {
  const [, line] = renderTable(columns, [['a\nb', '\u001b[2Jred\u0007', '1']], plain);
  expect(line).toBe('a b  red    1');
});

test('paint does not count, and $ in a text is no pattern', () => {
  const surface = { columns: 80, paint: (style: unknown, text: string) => `<${style}>${text}</>` };
  const [, line] = renderTable(columns, [['a', { text: '$& $1', style: 'red' as const }, '1']], surface);
  expect(line).toBe('a    <red>$& $1</>  1');
});
