import { appendLine } from '../../platform/logfiles/index.ts';

/**
 * Appends Slipway's last words to a log that no runner writes any more; false when that cannot be: a log that
 * cannot be written must not keep its environment blocked.
 */
export async function sayInLog(path: string, line: string, now: Date): Promise<boolean> {
  return appendLine(path, line, now).then(
    () => true,
    () => false,
  );
}
