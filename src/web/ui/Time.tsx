import { changesAfterMs, durationText, exactTime, relativeTime } from '../lib/time.ts';
import { useNow } from './now.ts';

/** A moment, relative to now; the exact time in the viewer's zone on hover and focus. `at` is ISO 8601. */
export function Time({ at, className }: { at: string; className?: string | undefined }) {
  const moment = new Date(at);
  const now = new Date(useNow(changesAfterMs(moment, new Date())));
  return (
    <time dateTime={at} data-tip={exactTime(moment)} className={className}>
      {relativeTime(moment, now)}
    </time>
  );
}

/** How long something took, or has taken so far when `to` is left out. */
export function Duration(props: { seconds: number } | { from: string; to?: string | null | undefined }) {
  if ('seconds' in props) return <span>{durationText(props.seconds)}</span>;
  if (props.to) return <span>{durationText(secondsBetween(props.from, Date.parse(props.to)))}</span>;
  return <Running from={props.from} />;
}

function Running({ from }: { from: string }) {
  return <span>{durationText(secondsBetween(from, useNow(1000)))}</span>;
}

const secondsBetween = (from: string, to: number) => Math.max(0, (to - Date.parse(from)) / 1000);
