import { firstCommand } from './firstCommand.ts';
import type { Bench } from './lib/bench.ts';

/** All benchmarks, in the order in which they run. */
export const benches: readonly Bench[] = [firstCommand];
