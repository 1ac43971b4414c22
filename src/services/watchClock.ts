/** Whether clocks have run evenly of late. */
export interface ClockWatch {
  isSteady(): Promise<boolean>;
}

export interface ClockWatchOptions {
  /** Times that may be set, of this machine and of the database; in milliseconds. */
  readonly clocks: readonly (() => number | Promise<number>)[];
  /** Time that only passes, in milliseconds. */
  readonly passing?: () => number;
}

const noticeableMs = 5000;
/** Runners renew their leases every three seconds: until then those of the living look as if they had run out. */
const unsteadyForMs = 15_000;
/** A clock that jumps again and again keeps nobody who is dead for longer. */
const longestUnsteadyMs = 120_000;

/**
 * Watches for a clock that is set, or a machine that slept. Whoever compares times that were written before with the
 * time after it, to see who is gone, asks first.
 */
export function watchClocks({ clocks, passing = () => performance.now() }: ClockWatchOptions): ClockWatch {
  const offsets = new Map<number, number>();
  let jumpedAt = Number.NEGATIVE_INFINITY;
  let unsteadySince: number | null = null;
  return {
    isSteady: async () => {
      for (const [index, clock] of clocks.entries()) {
        const seen = (await clock()) - passing();
        if (Math.abs(seen - (offsets.get(index) ?? seen)) > noticeableMs) jumpedAt = passing();
        offsets.set(index, seen);
      }
      const now = passing();
      unsteadySince = now - jumpedAt > unsteadyForMs ? null : (unsteadySince ?? now);
      return unsteadySince === null || now - unsteadySince > longestUnsteadyMs;
    },
  };
}
