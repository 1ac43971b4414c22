import { AppError } from '../errors.ts';

const unitBytes: Readonly<Record<string, number>> = {
  '': 1,
  ...{ kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 },
  ...{ KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 },
};

/** Bytes of `1048576`, `"500MB"` or `"2 GiB"`; null if it is none of these. */
export function parseByteSize(value: number | string): number | null {
  const [, amount, unit = ''] = /^(\d{1,15}(?:\.\d{1,3})?) ?([kKMGT]i?B)?$/.exec(String(value)) ?? [];
  const factor = unitBytes[unit];
  if (amount === undefined || factor === undefined) return null;
  const bytes = Number(amount) * factor;
  return Number.isSafeInteger(Math.round(bytes)) ? Math.round(bytes) : null;
}

/** What is wrong with a size, or null. */
export function byteSizeProblem(value: number | string): string | null {
  const bytes = parseByteSize(value);
  if (bytes === null) return 'must be whole bytes, or a size such as "500MB" or "2GiB"';
  return bytes < 1024 ? 'must be at least 1024 bytes' : null;
}

/** Bytes of a setting of this name; invalid_input when it is no size. */
export function byteSizeOf(name: string, text: string): number {
  const bytes = parseByteSize(text);
  if (bytes !== null && byteSizeProblem(text) === null) return bytes;
  throw new AppError(
    'invalid_input',
    `${name} is "${text}"; it takes a size such as 500MB or 2GiB, at least 1024 bytes`,
  );
}

/** A size as people say it: `1 GiB`, `1.5 MiB`, `900 bytes`. */
export function describeByteSize(bytes: number): string {
  const unit = (['TiB', 'GiB', 'MiB', 'KiB'] as const).find((name) => bytes >= (unitBytes[name] ?? 1));
  if (unit === undefined) return `${bytes} bytes`;
  return `${Number((bytes / (unitBytes[unit] ?? 1)).toFixed(1))} ${unit}`;
}
