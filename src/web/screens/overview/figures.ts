import type { DeployFigures } from '../../../contract/deploys.ts';
import { durationText } from '../../lib/time.ts';

export interface Figure {
  readonly name: string;
  /** What it says about the last days; null when nothing happened that it could be derived from. */
  readonly value: string | null;
  readonly trend: Trend;
  /** What it means and how it is derived. */
  readonly meaning: string;
}

/** How it compares with the days before: `unknown` when one of both says nothing. */
export interface Trend {
  readonly direction: 'up' | 'down' | 'same' | 'unknown';
  /** More deploys are better, longer times and more failures worse. */
  readonly verdict: 'better' | 'worse' | 'same' | 'unknown';
  readonly before: string | null;
}

/** The four figures, in the order in which DORA names them. */
export function figuresOf(now: DeployFigures, before: DeployFigures): Figure[] {
  return [
    figure('Deploy frequency', [now.releases_per_day || null, before.releases_per_day || null], {
      moreIs: 'better',
      write: perDay,
      meaning: 'Deploys that succeeded, a day. Rollbacks are not counted.',
    }),
    figure('Lead time', [now.lead_seconds, before.lead_seconds], {
      moreIs: 'worse',
      write: coarseDuration,
      meaning:
        'From when a commit was made until a deploy of it succeeded: the median, measured on the newest commit of each deploy.',
    }),
    figure('Change failure rate', [now.change_failure_rate, before.change_failure_rate], {
      moreIs: 'worse',
      write: percent,
      meaning: `Of ${counted(now.changes, 'deploy')}, ${now.failed_changes} failed or ${now.failed_changes === 1 ? 'was' : 'were'} rolled back from.`,
    }),
    figure('Time to restore', [now.restore_seconds, before.restore_seconds], {
      moreIs: 'worse',
      write: coarseDuration,
      meaning: `From a failed deploy to the next success there, or for as long as a release was live that was rolled back from: the median of ${now.restores}.`,
    }),
  ];
}

interface Kind {
  readonly moreIs: 'better' | 'worse';
  readonly write: (value: number) => string;
  readonly meaning: string;
}

function figure(
  name: string,
  [now, before]: [number | null, number | null],
  { moreIs, write, meaning }: Kind,
): Figure {
  const was = before === null ? null : write(before);
  const value = now === null ? null : write(now);
  return { name, value, meaning, trend: { ...compare(now, before, moreIs, value === was), before: was } };
}

function compare(
  now: number | null,
  before: number | null,
  moreIs: 'better' | 'worse',
  readsTheSame: boolean,
): Pick<Trend, 'direction' | 'verdict'> {
  if (now === null || before === null) return { direction: 'unknown', verdict: 'unknown' };
  // A difference that is too small to be read is none.
  if (readsTheSame) return { direction: 'same', verdict: 'same' };
  const more = now > before;
  return { direction: more ? 'up' : 'down', verdict: more === (moreIs === 'better') ? 'better' : 'worse' };
}

/** "3.2 a day", "2 a week", "1 a month": in the unit in which it is at least one. */
export function perDay(rate: number): string {
  if (rate >= 1) return `${tenths(rate)} a day`;
  if (rate * 7 >= 1) return `${tenths(rate * 7)} a week`;
  return `${tenths(rate * 30)} a month`;
}

const tenths = (value: number): string =>
  value >= 10 ? String(Math.round(value)) : String(Number(value.toFixed(1)));

const percent = (share: number): string => {
  const value = share * 100;
  return `${value > 0 && value < 10 ? Number(value.toFixed(1)) : Math.round(value)} %`;
};

/** A duration in two units at most, and in one where the second says nothing any more. */
export function coarseDuration(seconds: number): string {
  const hours = seconds / 3600;
  if (hours >= 48) return `${tenths(hours / 24)} days`;
  return hours >= 10 ? `${Math.round(hours)} h` : durationText(seconds);
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
