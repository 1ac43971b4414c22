import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { openLiveArea } from './liveArea.ts';

test('text scrolls above the lines that stay', async () => {
  const { screen, stream } = openScreen(40);
  const area = openLiveArea(stream, () => 40);
  area.show(['progress 10 %']);
  area.write('one\ntwo\n');
  area.show(['progress 20 %']);
  await shows(screen, ['one', 'two', 'progress 20 %']);
  area.close();
  expect(screen()).toEqual(['one', 'two', '']);
});

test('a line without an end shows at once, and goes on where it stopped', async () => {
  const { screen, stream } = openScreen(40);
  const area = openLiveArea(stream, () => 40);
  area.show(['progress']);
  area.write('waiting');
  await shows(screen, ['waiting', 'progress']);
  area.write(' for it\nnext');
  await shows(screen, ['waiting for it', 'next', 'progress']);
  area.close();
  expect(screen()).toEqual(['waiting for it', 'next', '']);
});

test('lines are cut to the terminal, colours kept', async () => {
  const { screen, stream, written } = openScreen(10);
  const area = openLiveArea(stream, () => 10);
  area.show(['\u001b[31mred and long\u001b[0m']);
  await shows(screen, ['red and l…']);
  expect(written()).toContain('\u001b[31mred and l…\u001b[0m');
  area.close();
});

test('a terminal that is made narrower leaves nothing behind', async () => {
  let columns = 20;
  const { screen, stream, resize } = openScreen(columns);
  const area = openLiveArea(stream, () => columns);
  area.write('text\n');
  area.show(['x'.repeat(20)]);
  await shows(screen, ['text', 'x'.repeat(20)]);
  columns = 10;
  resize(10);
  area.show(['short']);
  await shows(screen, ['text', 'short']);
  area.close();
});

test('much text costs few redraws', async () => {
  const { screen, stream, writes } = openScreen(40);
  const area = openLiveArea(stream, () => 40);
  area.show(['progress']);
  for (let line = 0; line < 10_000; line += 1) area.write(`${line}\n`);
  area.write('x'.repeat(10_000));
  area.close();
  expect(writes()).toBeLessThan(30);
  expect(screen().filter((line) => line === '9999')).toHaveLength(1);
});

async function shows(screen: () => string[], lines: string[]): Promise<void> {
  await expect.poll(screen, { interval: 5, timeout: 60_000 }).toEqual(lines);
}

/** As much of a terminal as a live area uses. */
function openScreen(width: number) {
  let columns = width;
  let rows = [''];
  let row = 0;
  let column = 0;
  let all = '';
  let count = 0;
  const put = (char: string) => {
    if (column === columns) {
      row += 1;
      column = 0;
    }
    const line = (rows[row] ?? '').padEnd(column);
    rows[row] = line.slice(0, column) + char + line.slice(column + 1);
    column += 1;
  };
  const obey = (text: string) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the terminal obeys them.
    for (const [part, up] of text.matchAll(/\u001b\[(?:(\d+)A|[?\d;]*[a-zA-Z])|./gsu)) {
      if (up !== undefined) row = Math.max(0, row - Number(up));
      else if (part === '\u001b[J') rows = [...rows.slice(0, row), (rows[row] ?? '').slice(0, column)];
      else if (part === '\r') column = 0;
      else if (part === '\n') {
        row += 1;
        column = 0;
        rows[row] ??= '';
      } else if (!part.startsWith('\u001b')) put(part);
    }
  };
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      count += 1;
      all += chunk.toString();
      obey(chunk.toString());
      done();
    },
  });
  const resize = (next: number) => {
    const at = rows.slice(0, row).reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / next)), 0);
    const last = rows[row] ?? '';
    rows = rows.flatMap((line) => line.match(new RegExp(`.{1,${next}}`, 'g')) ?? ['']);
    row = at + Math.max(0, Math.ceil(last.length / next) - 1);
    column = Math.min(column, next);
    columns = next;
  };
  return { screen: () => rows, stream, resize, written: () => all, writes: () => count };
}
