import { describe, expect, it } from 'vitest';
import { LogViewport } from './logViewport.ts';
import { assignSlots } from './slots.ts';

const rowPx = 20;
function open(count: number): LogViewport {
  const viewport = new LogViewport();
  viewport.resize(400, rowPx);
  viewport.setCount(count);
  return viewport;
}

describe('a view of a log', () => {
  it('draws what is in view and a little more, of a million lines too', () => {
    const viewport = open(1_000_000);
    expect(viewport.state()).toMatchObject({ firstInView: 1, lastInView: 20, top: 0, scrollTop: 0 });
    viewport.scrolled(500_000 * rowPx, false);
    const { lines, firstInView, top } = viewport.state();
    expect(lines).toContain(firstInView);
    expect(lines.length).toBeLessThan(60);
    expect(lines[0]).toBeLessThan(firstInView);
    expect(top).toBeLessThan(viewport.state().scrollTop);
  });

  it('follows the end until one scrolls up, and again from the end on', () => {
    const viewport = open(100);
    viewport.follow();
    expect(viewport.state().lastInView).toBe(100);
    viewport.setCount(200);
    expect(viewport.state()).toMatchObject({ lastInView: 200, following: true });
    viewport.scrolled(viewport.state().scrollTop - 100, true);
    const { firstInView } = viewport.state();
    viewport.setCount(300);
    expect(viewport.state()).toMatchObject({ firstInView, following: false, unseen: 100 });
    viewport.scrolled(300 * rowPx, true);
    expect(viewport.state()).toMatchObject({ following: true, unseen: 0, lastInView: 300 });
    viewport.letGo();
    viewport.setCount(400);
    expect(viewport.state()).toMatchObject({ following: false, unseen: 100 });
  });

  it('does not take up following where there is nothing to follow', () => {
    const viewport = open(100);
    viewport.scrolled(100 * rowPx, false);
    expect(viewport.state().following).toBe(false);
  });

  it('stays where one looks when lines above are folded, unfolded or turn out to be wrapped', () => {
    const viewport = open(1000);
    viewport.goTo(600);
    const { firstInView } = viewport.state();
    viewport.setFolded([{ from: 10, to: 400 }]);
    expect(viewport.state().firstInView).toBe(firstInView);
    viewport.measured([
      [5, 4],
      [500, 3],
    ]);
    expect(viewport.state().firstInView).toBe(firstInView);
    viewport.setFolded([]);
    expect(viewport.state().firstInView).toBe(firstInView);
    expect(viewport.state().height).toBe(1005 * rowPx + 8);
    viewport.setFolded([{ from: 500, to: 700 }]);
    expect(viewport.state().firstInView).toBe(499);
  });

  it('goes to a line, and moves only when it is not in view', () => {
    const viewport = open(10_000);
    viewport.goTo(5000);
    const { firstInView, lastInView } = viewport.state();
    expect(firstInView).toBeLessThan(5000);
    expect(lastInView).toBeGreaterThan(5000);
    viewport.goTo(firstInView + 3);
    expect(viewport.state().firstInView).toBe(firstInView);
    viewport.goTo(10_000);
    expect(viewport.state().lastInView).toBe(10_000);
    viewport.goTo(1);
    expect(viewport.state().firstInView).toBe(1);
  });

  it('has a line that was gone to in view also when those above it turn out to be wrapped', () => {
    const viewport = open(10_000);
    viewport.goTo(5000);
    viewport.measured(viewport.state().lines.map((line) => [line, 4]));
    const { firstInView, lastInView } = viewport.state();
    expect(firstInView).toBeLessThan(5000);
    expect(lastInView).toBeGreaterThan(5000);
  });

  it('is never lost beyond the end when lines are folded there', () => {
    const viewport = open(1000);
    viewport.toEnd();
    viewport.setFolded([{ from: 3, to: 998 }]);
    expect(viewport.state()).toMatchObject({ lines: [1, 2, 999, 1000], scrollTop: 0 });
  });

  it('reaches every line of a log that no browser can lay out', () => {
    const viewport = open(50_000_000);
    viewport.goTo(43_210_987);
    const { lines, top, scrollTop } = viewport.state();
    expect(lines).toContain(43_210_987);
    expect(Math.abs(top - scrollTop)).toBeLessThan(2000);
    viewport.scrolled(scrollTop + 40, false);
    expect(viewport.state().firstInView).toBe((lines[0] ?? 0) + 12 + 2);
  });

  it('has nothing to draw of a log without lines', () => {
    expect(open(0).state()).toMatchObject({ lines: [], unseen: 0 });
  });
});

describe('the elements of lines', () => {
  const draw = (...views: number[][]) =>
    views.reduce<ReadonlyMap<number, number>>((before, lines) => assignSlots(before, lines), new Map());

  it('stay with the lines that stay, and go from those that went to those that came', () => {
    const slots = draw([1, 2, 3, 4], [3, 4, 5, 6]);
    expect([...slots]).toEqual([
      [3, 2],
      [4, 3],
      [5, 0],
      [6, 1],
    ]);
  });

  it('keep their order when all lines are new, and are never two of one', () => {
    expect([...draw([1, 2, 3], [101, 102, 103]).values()]).toEqual([0, 1, 2]);
    const slots = draw([1, 2], [2, 515, 1027, 9, 10], [9, 10, 11], [1, 9, 10, 11, 12, 13, 14]);
    expect(new Set(slots.values()).size).toBe(slots.size);
  });
});
