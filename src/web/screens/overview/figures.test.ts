import { describe, expect, it } from 'vitest';
import type { DeployFigures } from '../../../contract/deploys.ts';
import { coarseDuration, figuresOf, perDay } from './figures.ts';

const figures = (changes: Partial<DeployFigures> = {}): DeployFigures => ({
  releases: 31,
  releases_per_day: 1,
  changes: 40,
  failed_changes: 4,
  change_failure_rate: 0.1,
  lead_seconds: 7200,
  restores: 4,
  restore_seconds: 600,
  ...changes,
});

describe('the figures of DORA', () => {
  it('are four, each with a value and what it means', () => {
    const all = figuresOf(figures(), figures());
    expect(all.map(({ name, value }) => [name, value])).toEqual([
      ['Deploy frequency', '1 a day'],
      ['Lead time', '2 h'],
      ['Change failure rate', '10 %'],
      ['Time to restore', '10 min'],
    ]);
    for (const { meaning } of all) expect(meaning.length).toBeGreaterThan(20);
  });

  it('know whether more is better', () => {
    const before = figures();
    const now = figures({
      releases_per_day: 2,
      lead_seconds: 9000,
      change_failure_rate: 0.05,
      restore_seconds: 600,
    });
    expect(figuresOf(now, before).map(({ trend }) => [trend.direction, trend.verdict])).toEqual([
      ['up', 'better'],
      ['up', 'worse'],
      ['down', 'better'],
      ['same', 'same'],
    ]);
  });

  it('claim no trend from nothing, nor from what nobody can read', () => {
    const nothing = figures({
      releases_per_day: 0,
      lead_seconds: null,
      change_failure_rate: null,
      restore_seconds: null,
    });
    for (const { value, trend } of figuresOf(nothing, figures())) {
      expect(value).toBeNull();
      expect(trend.verdict).toBe('unknown');
    }
    const [frequency] = figuresOf(figures({ releases_per_day: 1.001 }), figures());
    expect(frequency?.trend.verdict).toBe('same');
  });

  it('are said in the unit that fits', () => {
    expect([0.02, 0.3, 1, 3.26, 45.2].map(perDay)).toEqual([
      '0.6 a month',
      '2.1 a week',
      '1 a day',
      '3.3 a day',
      '45 a day',
    ]);
    expect([40, 3660, 100_000, 345_600].map(coarseDuration)).toEqual(['40 s', '1 h 1 min', '28 h', '4 days']);
  });
});
