/** Whether the clock of this machine has run evenly of late. */
export interface ClockWatch {
  isSteady(): boolean;
}

export interface ClockWatchOptions {
  /** Time of the wall, which may be set, and time that only passes; in milliseconds. */
  readonly wall?: () => number;
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
export function watchClock({
  wall = Date.now,
  passing = () => performance.now(),
}: ClockWatchOptions = {}): ClockWatch {
  let offset = wall() - passing();
  let jumpedAt = Number.NEGATIVE_INFINITY;
  let unsteadySince: number | null = null;
  return {
    isSteady: () => {
      const [now, seen] = [passing(), wall() - passing()];
      if (Math.abs(seen - offset) > noticeableMs) jumpedAt = now;
      offset = seen;
      unsteadySince = now - jumpedAt > unsteadyForMs ? null : (unsteadySince ?? now);
      return unsteadySince === null || now - unsteadySince > longestUnsteadyMs;
    },
  };
}
