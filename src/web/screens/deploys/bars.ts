import type { DeployStats } from '../../../contract/deploys.ts';

export type Day = DeployStats['days'][number];
export type Outcome = 'succeeded' | 'failed' | 'cancelled';

/** From the bottom up: what went well carries the rest. */
export const outcomes = ['succeeded', 'failed', 'cancelled'] as const satisfies readonly Outcome[];

export interface Segment {
  readonly outcome: Outcome;
  readonly y: number;
  readonly height: number;
}

export interface Bar {
  readonly day: Day;
  readonly total: number;
  /** The middle of the bar. */
  readonly x: number;
  readonly segments: readonly Segment[];
}

export interface BarChart {
  readonly bars: readonly Bar[];
  /** The width of a bar. */
  readonly thickness: number;
  /** Lines to read counts at, the highest last. */
  readonly ticks: readonly { readonly count: number; readonly y: number }[];
}

/** Lower than this nobody sees that something was there. */
const leastHeight = 3;

/** A bar a day in a field of this size, `y` growing downwards. */
export function layOutBars(days: readonly Day[], size: { width: number; height: number }): BarChart {
  const most = niceMost(Math.max(...days.map(totalOf), 0));
  const pitch = size.width / Math.max(1, days.length);
  return {
    bars: days.map((day, index) => ({
      day,
      total: totalOf(day),
      x: (index + 0.5) * pitch,
      segments: segmentsOf(day, most, size.height),
    })),
    thickness: Math.max(2, Math.min(24, pitch * 0.68)),
    ticks: ticksOf(most).map((count) => ({ count, y: size.height * (1 - count / most) })),
  };
}

export const totalOf = (day: Day): number => day.succeeded + day.failed + day.cancelled;

function segmentsOf(day: Day, most: number, height: number): Segment[] {
  const scale = (count: number) => Math.max(leastHeight, (count / most) * height);
  const parts = outcomes.filter((outcome) => day[outcome] > 0);
  const wanted = parts.reduce((sum, outcome) => sum + scale(day[outcome]), 0);
  // Small parts were made larger: the others give it back, so that no bar leaves its field.
  const shrink = Math.min(1, height / wanted);
  const segments: Segment[] = [];
  let y = height;
  for (const outcome of parts) {
    const tall = scale(day[outcome]) * shrink;
    y -= tall;
    segments.push({ outcome, y, height: tall });
  }
  return segments;
}

/** The smallest round number that is not below the largest bar, and can be halved. */
function niceMost(most: number): number {
  if (most <= 2) return 2;
  const magnitude = 10 ** Math.floor(Math.log10(most));
  const steps = [1, 2, 4, 6, 8, 10].map((step) => step * magnitude);
  const nice = steps.find((step) => step >= most) ?? 10 * magnitude;
  return nice % 2 === 0 ? nice : nice + 1;
}

const ticksOf = (most: number): number[] => [0, most / 2, most];

/** What a day says aloud and on hover. */
export function describeDay(day: Day, locale?: string): string {
  const date = dateOfDay(day.day).toLocaleDateString(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  if (totalOf(day) === 0) return `${date}: no deploys`;
  const parts = [
    day.succeeded > 0 && `${day.succeeded} succeeded`,
    day.failed > 0 && `${day.failed} failed`,
    day.cancelled > 0 && `${day.cancelled} cancelled`,
    day.rollbacks > 0 && (day.rollbacks === 1 ? 'one was a rollback' : `${day.rollbacks} were rollbacks`),
  ].filter((part) => part !== false);
  return `${date}: ${parts.join(', ')}`;
}

/** Noon of a day, so that no change of clocks makes it another one. */
export const dateOfDay = (day: string): Date => new Date(`${day}T12:00:00`);

/** Which days are named below the bars: Mondays, thinned until names do not touch. */
export function labelledDays(days: readonly Day[], atMost: number): ReadonlySet<string> {
  const mondays = days.filter((day) => dateOfDay(day.day).getDay() === 1).map((day) => day.day);
  const every = Math.max(1, Math.ceil(mondays.length / atMost));
  return new Set(mondays.filter((_, index) => (mondays.length - 1 - index) % every === 0));
}
