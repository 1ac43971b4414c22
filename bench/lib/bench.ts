import type { Quantile } from './statistics.ts';

export type Unit = 'ms' | 'MB/s' | 'MB' | 'kB' | 'findings';

/** Throughputs are better when they are larger, times and sizes when they are smaller. */
export const moreIsBetter = (unit: Unit): boolean => unit === 'MB/s';

/**
 * What a measurement should reach: a quantile of it, its ratio to the floor, or what it takes more than the
 * floor (both by medians).
 */
export interface Aim {
  readonly of: Quantile | 'ratio' | 'over floor';
  /** In the measurement's unit, or as a factor. */
  readonly limit: number;
}

/** Something that was measured, beside what the machine itself needs for it: measured in the same run. */
export interface Measurement {
  readonly what: string;
  readonly unit: Unit;
  readonly samples: readonly number[];
  readonly floor?: { readonly what: string; readonly samples: readonly number[] };
  readonly aim?: Aim;
}

/** One benchmark: a file of this folder. */
export interface Bench {
  /** What one types to run it alone. */
  readonly name: string;
  readonly about: string;
  run(): Promise<Measurement[]>;
}
