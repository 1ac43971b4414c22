import { readFile } from 'node:fs/promises';

/** The shells that can complete. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/**
 * The script that a shell reads to complete slipway commands. Each asks `slipway __complete -- WORDS…`, which
 * answers lines of word, tab and meaning, or `:files`.
 */
export function readCompletionScript(shell: Shell): Promise<string> {
  return readFile(new URL(`slipway.${shell}`, import.meta.url), 'utf8');
}
