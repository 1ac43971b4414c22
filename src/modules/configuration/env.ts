import { looksLikeReference } from './reference.ts';

/** Linux takes at most 128 KiB for one argument or variable, its name included. */
export const maxValueBytes = 100_000;

/** What is wrong with the name of an environment variable, or null. */
export function envNameProblem(name: string): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return 'is no name of an environment variable: letters, digits and `_`, not starting with a digit';
  }
  if (name.length > 200) return 'is too long; at most 200 characters';
  return name.startsWith('SLIPWAY_') ? 'cannot start with `SLIPWAY_`: Slipway sets those itself' : null;
}

/** What is wrong with the plain value of an environment variable, or null. */
export function envValueProblem(value: string | number | boolean): string | null {
  const text = String(value);
  if (looksLikeReference(text)) return 'is a reference; references stand under `secrets`, plain values here';
  return sizeProblem(text);
}

/** What is wrong with the size of a value that becomes part of a process, or null. */
export function sizeProblem(text: string): string | null {
  return Buffer.byteLength(text) > maxValueBytes ? `is too large; at most ${maxValueBytes} bytes` : null;
}
