const secondsPer = { s: 1, m: 60, h: 3600 } as const;

/** The longest time that may be set: a week. */
export const maxSeconds = 7 * 24 * 3600;

/** Seconds of `90`, `"90s"`, `"10m"` or `"2h"`; null if it is none of these. */
export function parseDuration(value: number | string): number | null {
  const match = /^(\d{1,9})([smh]?)$/.exec(String(value));
  if (!match) return null;
  const [, amount, unit] = match;
  return Number(amount) * (unit === 'm' || unit === 'h' ? secondsPer[unit] : secondsPer.s);
}

/** What is wrong with a duration, or null. */
export function durationProblem(value: number | string, least: number): string | null {
  const seconds = parseDuration(value);
  if (seconds === null) return 'must be whole seconds, or a duration such as "90s", "10m" or "2h"';
  if (seconds < least) return `must be at least ${least} s`;
  return seconds > maxSeconds ? `must be at most a week (${maxSeconds} s)` : null;
}
