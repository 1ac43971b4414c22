import { describe, expect, it } from 'vitest';
import { type Day, describeDay, labelledDays, layOutBars } from './bars.ts';

const day = (date: string, counts: Partial<Day> = {}): Day => ({
  day: date,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  rollbacks: 0,
  ...counts,
});
const size = { width: 100, height: 60 };

describe('the bars of a history', () => {
  it('stand on the ground and reach as high as their count', () => {
    const { bars, ticks } = layOutBars(
      [day('2026-11-20', { succeeded: 4 }), day('2026-11-21', { succeeded: 1, failed: 1 })],
      size,
    );
    expect(bars.map((bar) => bar.x)).toEqual([25, 75]);
    expect(bars[0]?.segments).toEqual([{ outcome: 'succeeded', y: 0, height: 60 }]);
    expect(bars[1]?.segments).toEqual([
      { outcome: 'succeeded', y: 45, height: 15 },
      { outcome: 'failed', y: 30, height: 15 },
    ]);
    expect(ticks).toEqual([
      { count: 0, y: 60 },
      { count: 2, y: 30 },
      { count: 4, y: 0 },
    ]);
  });

  it('show one failure beside a thousand successes, and never leave the field', () => {
    const { bars } = layOutBars([day('2026-11-20', { succeeded: 1000, failed: 1, cancelled: 1 })], size);
    const segments = bars[0]?.segments ?? [];
    expect(segments).toHaveLength(3);
    for (const segment of segments) expect(segment.height).toBeGreaterThan(2.5);
    expect(segments.at(-1)?.y).toBeGreaterThanOrEqual(-1e-9);
  });

  it('draw nothing of a day without deploys, and need no day at all', () => {
    expect(layOutBars([day('2026-11-20')], size).bars[0]?.segments).toEqual([]);
    expect(layOutBars([], size).bars).toEqual([]);
  });

  it('have a scale of round numbers that can be halved', () => {
    const topOf = (succeeded: number) =>
      layOutBars([day('2026-11-20', { succeeded })], size).ticks.at(-1)?.count;
    expect([1, 2, 3, 5, 9, 11, 37, 130, 999].map(topOf)).toEqual([2, 2, 4, 6, 10, 20, 40, 200, 1000]);
  });

  it('say in words what they show', () => {
    const words = describeDay(day('2026-11-20', { succeeded: 3, failed: 1, rollbacks: 1 }), 'en-GB');
    expect(words).toMatch(/^Fri,? 20 November 2026: 3 succeeded, 1 failed, one was a rollback$/);
    expect(describeDay(day('2026-11-21'), 'en-GB')).toMatch(/: no deploys$/);
  });

  it('are named by Mondays, by fewer of them where there is little room', () => {
    const days = Array.from({ length: 28 }, (_, index) =>
      day(`2026-11-${String(index + 1).padStart(2, '0')}`),
    );
    expect([...labelledDays(days, 10)]).toEqual(['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23']);
    expect([...labelledDays(days, 2)]).toEqual(['2026-11-09', '2026-11-23']);
  });
});
