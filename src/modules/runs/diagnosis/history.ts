/** How something ended in a run: a job, or a test. */
export interface EndInRun {
  readonly run_id: number;
  readonly failed: boolean;
}

/**
 * Since which of the earlier runs something fails: of those in which it took part, newest first, the oldest of the
 * failures that no success came after. Null when it did not fail in the newest, or took part in none. Pure.
 */
export function failingSince<Run extends { readonly id: number }>(
  runs: readonly Run[],
  ends: readonly EndInRun[],
): Run | null {
  const byRun = new Map(ends.map((end) => [end.run_id, end.failed]));
  const tookPart = runs.filter(({ id }) => byRun.has(id));
  const success = tookPart.findIndex(({ id }) => byRun.get(id) === false);
  return tookPart[(success === -1 ? tookPart.length : success) - 1] ?? null;
}

const fewest = 3;
const times = 3;
const atLeastSeconds = 1;

/**
 * What a test usually takes, in seconds, when it took far longer now: more than three times its median of at least three
 * runs, and a second more. Else null. Pure.
 */
export function slowAgainst(seconds: number | null, before: readonly number[]): number | null {
  if (seconds === null || before.length < fewest) return null;
  const sorted = [...before].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  const median = Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
  return seconds > median * times && seconds > median + atLeastSeconds ? median : null;
}
