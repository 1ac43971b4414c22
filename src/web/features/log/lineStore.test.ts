import { describe, expect, it } from 'vitest';
import { LineStore, type NumberedLine, pageLines } from './lineStore.ts';

const red = '\u001b[31m';
const reset = '\u001b[0m';
const lines = (from: number, to: number, text = (number: number) => `line ${number}`): NumberedLine[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    number: from + index,
    text: text(from + index),
    time: from + index,
  }));

describe('lines', () => {
  it('that end while one follows are numbered, also when pieces cut them', () => {
    const store = new LineStore();
    expect(store.append('one\ntw', 1)).toEqual([{ number: 1, text: 'one', time: 1 }]);
    expect(store.count).toBe(2);
    expect(store.line(2)).toEqual({ text: 'tw', time: 1 });
    expect(store.append('o\n\n', 2)).toEqual([
      { number: 2, text: 'two', time: 1 },
      { number: 3, text: '', time: 2 },
    ]);
    expect(store).toMatchObject({ count: 3, ended: 3 });
    expect(store.append('', 3)).toEqual([]);
    expect(store.count).toBe(3);
  });

  it('are missing by pages until they are taken, and one that is being written is not taken', () => {
    const store = new LineStore();
    store.goOnAfter(1200);
    expect(store.missing(1, 1200)).toEqual([0, 1, 2]);
    expect(store.missing(600, 700)).toEqual([1]);
    store.take(lines(501, 1000));
    expect(store.missing(1, 1200)).toEqual([0, 2]);
    expect(store.line(777)).toEqual({ text: 'line 777', time: 777 });
    store.take(lines(1001, 1201));
    expect(store.missing(1, 1200)).toEqual([0]);
    expect(store.line(1201)).toBeUndefined();
    store.append('the rest\n', 5);
    expect(store.line(1201)).toEqual({ text: 'the rest', time: 5 });
    expect(store.missing(501, 1201)).toEqual([]);
  });

  it('that are far from where one looks are forgotten, but not the end', () => {
    const store = new LineStore();
    for (let page = 0; page < 300; page += 1) {
      store.append(`${`${page}\n`.repeat(pageLines)}`, page);
      store.prune(1);
    }
    expect(store.count).toBe(300 * pageLines);
    expect(store.line(1)?.text).toBe('0');
    expect(store.line(300 * pageLines)?.text).toBe('299');
    expect(store.line(150 * pageLines)).toBeUndefined();
    expect(store.missing(1, 300 * pageLines).length).toBeGreaterThan(200);
  });

  it('keep what they show of a progress that is drawn in one line for hours', () => {
    const store = new LineStore();
    for (let percent = 0; percent < 20_000; percent += 1) store.append(`\rat ${percent}`, 1);
    expect(store.line(1)?.text.endsWith('at 19999')).toBe(true);
    expect(store.line(1)?.text.length).toBeLessThan(20_000);
    store.append('x'.repeat(100_000), 1);
    expect(store.line(1)?.text.length).toBeLessThan(20_000);
  });
});

describe('styles', () => {
  it('go on from line to line and from page to page', () => {
    const store = new LineStore();
    store.append(`${red}begins\n`, 1);
    for (let line = 0; line < pageLines * 2; line += 1) store.append('goes on\n', 1);
    store.append(`ends${reset}\nplain`, 1);
    expect(store.styleAt(1)).toEqual({});
    expect(store.styleAt(pageLines + 7)).toEqual({ foreground: 1 });
    expect(store.styleAt(store.ended)).toEqual({ foreground: 1 });
    expect(store.styleAt(store.ended + 1)).toEqual({});
  });

  it('are as usual until the lines before are known, and right after', () => {
    const store = new LineStore();
    store.goOnAfter(3 * pageLines);
    store.take(lines(2 * pageLines + 1, 3 * pageLines));
    expect(store.styleAt(2 * pageLines + 5)).toEqual({});
    store.take(lines(pageLines + 1, 2 * pageLines, (number) => (number === pageLines + 9 ? red : 'x')));
    expect(store.styleAt(2 * pageLines + 5)).toEqual({ foreground: 1 });
    store.take([{ number: 2 * pageLines, text: reset, time: 1 }]);
    expect(store.styleAt(2 * pageLines + 5)).toEqual({});
  });

  it('survive that their page is forgotten', () => {
    const store = new LineStore();
    store.append(`${red}\n`, 1);
    for (let page = 0; page < 200; page += 1) {
      store.append('x\n'.repeat(pageLines), 1);
      store.prune(store.count);
    }
    expect(store.line(1)).toBeUndefined();
    expect(store.styleAt(store.ended)).toEqual({ foreground: 1 });
  });
});
