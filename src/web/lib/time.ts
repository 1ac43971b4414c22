const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long ago a moment was, as one says it at a glance: "now", "40 s ago", "5 min ago", "3 h ago", "2 d ago"; what is
 * to come "in 5 min". Older than a month: its date.
 */
export function relativeTime(at: Date, now: Date, locale?: string): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 5) return 'now';
  if (distance >= 30 * day) return shortDate(at, now, locale);
  const amount = largestUnit(distance);
  return seconds > 0 ? `${amount} ago` : `in ${amount}`;
}

function largestUnit(seconds: number): string {
  if (seconds < minute) return `${seconds} s`;
  if (seconds < hour) return `${Math.floor(seconds / minute)} min`;
  if (seconds < day) return `${Math.floor(seconds / hour)} h`;
  return `${Math.floor(seconds / day)} d`;
}

function shortDate(at: Date, now: Date, locale?: string): string {
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return at.toLocaleDateString(locale, { day: 'numeric', month: 'short', ...year });
}

/** After how many milliseconds `relativeTime` says something else, at the earliest. */
export function changesAfterMs(at: Date, now: Date): number {
  const distance = Math.abs(now.getTime() - at.getTime()) / 1000;
  if (distance < minute) return 1000;
  if (distance < hour) return 10_000;
  return 60_000;
}

/** The whole truth about a moment: day, time to the second, and zone of the viewer. */
export const exactTime = (at: Date, locale?: string): string => exactFormat(locale).format(at);

const exactFormats = new Map<string | undefined, Intl.DateTimeFormat>();

/** Making one takes longer than a thousand uses of it. */
function exactFormat(locale: string | undefined): Intl.DateTimeFormat {
  const format =
    exactFormats.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
  exactFormats.set(locale, format);
  return format;
}

/** A duration: "8 s", "1 min 5 s", "2 h 3 min". Below ten seconds with a tenth, where `precise`. */
export function durationText(seconds: number, { precise = false } = {}): string {
  if (precise && seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.max(0, Math.round(seconds));
  if (whole < minute) return `${whole} s`;
  if (whole < hour) return joined(Math.floor(whole / minute), 'min', whole % minute, 's');
  return joined(Math.floor(whole / hour), 'h', Math.floor((whole % hour) / minute), 'min');
}

const joined = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
