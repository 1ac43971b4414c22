export type Quantile = 'p50' | 'p95' | 'p99';

export const quantiles: readonly Quantile[] = ['p50', 'p95', 'p99'];

const shares: Record<Quantile, number> = { p50: 0.5, p95: 0.95, p99: 0.99 };

/**
 * What at least that share of the samples reach (nearest rank). Where more is better they are counted from
 * the best, so that p95 is a bad case for times and for throughputs alike.
 */
export function quantile(samples: readonly number[], which: Quantile, moreIsBetter: boolean): number {
  const ordered = samples.toSorted((a, b) => (moreIsBetter ? b - a : a - b));
  const rank = Math.max(1, Math.ceil(shares[which] * ordered.length));
  const value = ordered[rank - 1];
  if (value === undefined) throw new Error('there are no samples to take a quantile of');
  return value;
}

export const median = (samples: readonly number[]): number => quantile(samples, 'p50', false);
