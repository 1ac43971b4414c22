import type { BootstrapProgress } from '../../platform/bootstrap/index.ts';
import { openLiveArea } from '../output/liveArea.ts';
import type { Output } from '../output/output.ts';
import { drawBar } from '../output/progress.ts';
import { writeCount, writeSize } from '../output/size.ts';
import { writeDuration } from '../output/time.ts';

/** What somebody sees while a database is bootstrapped. */
export interface BootstrapView {
  progress(progress: BootstrapProgress): void;
  /** Leaves the terminal to what comes next. */
  close(): void;
}

const plainEveryMs = 5000;
const barWidth = 24;
/** Before that a rate says nothing. */
const rateAfterMs = 500;

/** A line that changes for who watches; for others a line when a phase begins, and every few seconds. */
export function openBootstrapView(out: Output, now: () => number = () => performance.now()): BootstrapView {
  if (out.json) return { progress() {}, close() {} };
  const { stderr, watched } = out.terminal;
  return stderr.isTTY && watched ? liveView(out, now) : plainView(out, now);
}

function liveView(out: Output, now: () => number): BootstrapView {
  const { stderr, columns, unicode } = out.terminal;
  const area = openLiveArea(stderr, columns);
  const elapsed = stopwatch(now);
  let open = true;
  const close = () => {
    if (open) area.close();
    open = false;
  };
  return {
    progress: (progress) => {
      // What the upgrade prints belongs to it alone.
      if (progress.phase === 'upgrading') close();
      if (!open) return;
      const fraction = fractionOf(progress);
      const bar = fraction === undefined ? '' : `${drawBar(fraction, barWidth, unicode)} `;
      area.show([`${bar}${describeProgress(progress, elapsed(progress))}`]);
    },
    close,
  };
}

function plainView(out: Output, now: () => number): BootstrapView {
  const elapsed = stopwatch(now);
  let phase: BootstrapProgress['phase'] | undefined;
  let lastMs = now();
  return {
    progress: (progress) => {
      const isNews = progress.phase !== phase && quietPhases[progress.phase] === false;
      if (!isNews && now() - lastMs < plainEveryMs) return;
      phase = progress.phase;
      lastMs = now();
      out.note(describeProgress(progress, elapsed(progress)));
    },
    close() {},
  };
}

/** A load that takes no time needs no line of its own. */
const quietPhases: Record<BootstrapProgress['phase'], boolean> = {
  waiting: false,
  loading: true,
  committing: true,
  upgrading: false,
};

/** How long the load has been running, in ms; waiting does not count. */
function stopwatch(now: () => number): (progress: BootstrapProgress) => number {
  let began: number | undefined;
  return ({ phase }) => {
    if (phase === 'loading') began ??= now();
    return began === undefined ? 0 : now() - began;
  };
}

const fractionOf = ({ phase, bytes, totalBytes }: BootstrapProgress): number | undefined =>
  phase === 'waiting' || totalBytes === null || totalBytes === 0 ? undefined : bytes / totalBytes;

/** `1,234 statements · 50,000 rows · 12 of 45 MB · 8.1 MB/s · about 4 s left`. */
export function describeProgress(progress: BootstrapProgress, elapsedMs: number): string {
  switch (progress.phase) {
    case 'waiting':
      return 'another bootstrap of this database is running; waiting';
    case 'committing':
      return `${countsOf(progress)} · committing`;
    case 'upgrading':
      return 'running the upgrade command';
    case 'loading':
      return [countsOf(progress), bytesOf(progress), ...ratesOf(progress, elapsedMs)].join(' · ');
  }
}

function countsOf({ statements, rows }: BootstrapProgress): string {
  const counts = [writeCount(statements, 'statement'), ...(rows > 0 ? [writeCount(rows, 'row')] : [])];
  return counts.join(' · ');
}

const bytesOf = ({ bytes, totalBytes }: BootstrapProgress): string =>
  totalBytes === null ? writeSize(bytes) : `${writeSize(bytes)} of ${writeSize(totalBytes)}`;

function ratesOf({ bytes, totalBytes }: BootstrapProgress, elapsedMs: number): string[] {
  if (elapsedMs < rateAfterMs || bytes === 0) return [];
  const perSecond = bytes / (elapsedMs / 1000);
  const left = totalBytes === null ? [] : [`about ${writeDuration((totalBytes - bytes) / perSecond)} left`];
  return [`${writeSize(perSecond)}/s`, ...left];
}
