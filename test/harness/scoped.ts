import { onTestFinished } from 'vitest';

/** Disposes of a resource when the running test ends, whether it passes or fails. */
export async function scoped<T extends AsyncDisposable>(resource: Promise<T>): Promise<T> {
  const value = await resource;
  onTestFinished(() => value[Symbol.asyncDispose]());
  return value;
}
