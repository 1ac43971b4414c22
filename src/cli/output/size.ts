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
