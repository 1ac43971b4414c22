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
  return formatOf(at.getFullYear() === now.getFullYear() ? 'day' : 'dayAndYear', locale).format(at);
}

/** After how many milliseconds `relativeTime` says something else, at the earliest. */
export function changesAfterMs(at: Date, now: Date): number {
  const distance = Math.abs(now.getTime() - at.getTime()) / 1000;
  if (distance < minute) return 1000;
  if (distance < hour) return 10_000;
  return 60_000;
}

/** The whole truth about a moment: day, time to the second, and zone of the viewer. */
export const exactTime = (at: Date, locale?: string): string => formatOf('exact', locale).format(at);

const formatOptions = {
  day: { day: 'numeric', month: 'short' },
  dayAndYear: { day: 'numeric', month: 'short', year: 'numeric' },
  exact: { dateStyle: 'full', timeStyle: 'long' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than a thousand uses of it. */
function formatOf(name: keyof typeof formatOptions, locale: string | undefined): Intl.DateTimeFormat {
  const key = `${name} ${locale}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, formatOptions[name]);
  formats.set(key, format);
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
