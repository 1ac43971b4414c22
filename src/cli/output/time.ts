const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How times are written: relative to now, or exact in the local time zone. */
export interface TimeStyle {
  readonly now: Date;
  readonly exact: boolean;
}

/** A moment of the past (or the future), such as `5 min ago` (`in 5 min`); with `exact` the local time. */
export function writeTime(iso: string, style: TimeStyle): string {
  return style.exact ? exactTime(new Date(iso)) : relativeTime(new Date(iso), style.now);
}

/** `just now`, `42 s ago`, `5 min ago`, `3 h ago`, `2 d ago`, and after two months the date. */
export function relativeTime(at: Date, now: Date): string {
  const seconds = (now.getTime() - at.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance >= 60 * day) return exactTime(at).slice(0, 10);
  if (distance < 2) return 'just now';
  return seconds > 0 ? `${roughly(distance)} ago` : `in ${roughly(distance)}`;
}

function roughly(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * minute) return `${Math.round(seconds / minute)} min`;
  if (seconds < 2 * day) return `${Math.round(seconds / hour)} h`;
  return `${Math.round(seconds / day)} d`;
}

/** `2026-11-21 22:15:19`, in the local time zone. */
export function exactTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date} ${clockTime(at)}`;
}

/** A message of the server with its moments in the local time zone. */
export function withLocalTimes(text: string): string {
  const written = /\b(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?:Z| UTC)/g;
  return text.replace(written, (_, date, time) => exactTime(new Date(`${date}T${time}Z`)));
}

/** `22:15:19`, in the local time zone. */
export function clockTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** `0.8 s`, `42 s`, `3 min 12 s`, `1 h 5 min`, `2 d 3 h`. */
export function writeDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1).replace(/\.0$/, '')} s`;
  const whole = Math.round(seconds);
  if (whole < minute) return `${whole} s`;
  if (whole < hour) return twoUnits(whole, minute, 'min', 1, 's');
  if (whole < day) return twoUnits(whole, hour, 'h', minute, 'min');
  return twoUnits(whole, day, 'd', hour, 'h');
}

function twoUnits(seconds: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((seconds % big) / small);
  const main = `${Math.floor(seconds / big)} ${bigName}`;
  return rest === 0 ? main : `${main} ${rest} ${smallName}`;
}
