import type { StepSpec, Stop } from './step.ts';

/** setTimeout fires at once beyond this. */
const longestTimerMs = 2 ** 31 - 1;

/** Watches the clock, the silence and the cancel signal of a running step. */
export interface StepLimits {
  /** Resolves with the first reason to end the step, if any comes. */
  readonly reached: Promise<Stop>;
  dispose(): void;
}

/** Starts the clocks. `silentMs` tells how long the step has written nothing. */
export function watchLimits(
  { timeoutMs, silenceMs, cancel }: Pick<StepSpec, 'timeoutMs' | 'silenceMs' | 'cancel'>,
  silentMs: () => number,
): StepLimits {
  const startedAt = performance.now();
  const { promise: reached, resolve } = Promise.withResolvers<Stop>();
  let silenceTimer: NodeJS.Timeout | undefined;

  function checkSilence(): void {
    const silent = silentMs();
    if (silent >= silenceMs) resolve({ kind: 'timed_out', limit: 'silence', afterMs: Math.round(silent) });
    else silenceTimer = setTimeout(checkSilence, timerMs(silenceMs - silent));
  }

  function endTotal(): void {
    // A timer may fire a millisecond early; the answer is never shorter than the limit.
    const afterMs = Math.max(timeoutMs, Math.round(performance.now() - startedAt));
    resolve({ kind: 'timed_out', limit: 'total', afterMs });
  }

  const onCancel = () => resolve({ kind: 'cancelled' });
  if (cancel.aborted) onCancel();
  cancel.addEventListener('abort', onCancel, { once: true });
  const totalTimer = setTimeout(endTotal, timerMs(timeoutMs));
  checkSilence();

  function dispose(): void {
    clearTimeout(totalTimer);
    clearTimeout(silenceTimer);
    cancel.removeEventListener('abort', onCancel);
  }

  return { reached, dispose };
}

function timerMs(ms: number): number {
  return Math.min(longestTimerMs, Math.max(1, Math.ceil(ms)));
}
