import { AppError } from '../../platform/errors.ts';

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** `812 bytes`, `3.4 kB`, `12 MB`: decimal units, as disks and networks are sold. */
export function writeSize(bytes: number): string {
  const exponent = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** exponent;
  const digits = exponent === 0 || value >= 9.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[exponent]}`;
}

/** `1,234,567 rows`, `1 row`. */
export const writeCount = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

const sizePattern = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$/i;

/** Bytes of `512M`, `2GB`, `1.5GiB`, `1000`: without an `i` decimal units. */
export function parseSize(text: string): number {
  const [, amount, unit = '', binary] = sizePattern.exec(text.trim()) ?? [];
  if (amount === undefined)
    throw new AppError('invalid_input', `"${text}" is no size; write 512M, 2GB or 1.5GiB`);
  const step = binary ? 1024 : 1000;
  return Math.round(Number(amount) * step ** ['', 'k', 'm', 'g', 't'].indexOf(unit.toLowerCase()));
}
