import type { Job } from '../job.ts';
import { defaultPatience } from '../steps/patience.ts';

/** Watches the cancel signal and the clock of a job until it is disposed. */
export function watchJob(job: Job): { dispose(): void } {
  const { cancel, patience = defaultPatience } = job.host;
  const minutes = job.spec.timeoutMinutes;
  let last: NodeJS.Timeout | undefined;

  /** Steps whose condition still holds go on; the others are stopped. */
  function cancelSteps(): void {
    job.status = 'cancelled';
    for (const control of job.running)
      void control.holdsStill().then((holds) => {
        if (!holds) control.stopBecause({ kind: 'cancelled' });
      });
    last ??= setTimeout(() => {
      const message = `stopped, because the job was cancelled ${Math.round(patience.cancelledMs / 1000)} s ago`;
      for (const control of job.running) control.stopBecause({ kind: 'limit', message });
    }, patience.cancelledMs);
  }

  function timeOut(): void {
    job.detail ??= `the job was stopped at its time limit of ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
    cancelSteps();
  }

  const timer = setTimeout(timeOut, Math.min(2 ** 31 - 1, minutes * 60_000));
  if (cancel.aborted) cancelSteps();
  cancel.addEventListener('abort', cancelSteps, { once: true });

  function dispose(): void {
    clearTimeout(timer);
    clearTimeout(last);
    cancel.removeEventListener('abort', cancelSteps);
  }

  return { dispose };
}
