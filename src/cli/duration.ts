import { AppError } from '../platform/errors.ts';

const secondsPer: Record<string, number> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of `90s`, `30m`, `2h`, `1d`, `1h30m`. */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/(\d{1,6})\s*(min|[smhdw])\s*/gy)];
  const read = parts.reduce((length, [part]) => length + part.length, 0);
  if (parts.length === 0 || read !== text.length) {
    throw new AppError('invalid_input', `"${text}" is no duration; write 90s, 30m, 2h, 1d or 1h30m`);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (secondsPer[unit ?? ''] ?? 0), 0);
}

/** A moment given as ISO 8601 (`2026-11-22T09:00`, local unless it says otherwise), or as `2h` before or after now. */
export function parseMoment(text: string, now: Date, direction: 'before' | 'after'): Date {
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) {
    // A date alone is midnight here, not in Greenwich.
    const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text.replace(' ', 'T'));
    if (!Number.isNaN(at.getTime())) return at;
  }
  if (/^\d{1,6}\s*[a-z]/.test(text)) {
    const milliseconds = parseDuration(text) * 1000;
    return new Date(now.getTime() + (direction === 'after' ? milliseconds : -milliseconds));
  }
  throw new AppError('invalid_input', `"${text}" is no time; write 2026-11-22T09:00, 2026-11-22 or 2h`);
}
