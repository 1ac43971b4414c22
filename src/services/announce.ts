import type { Slipway } from './slipway.ts';

/** Tells where everything is, once it works, with `more` about what else was set up. */
export function announce(slipway: Slipway, more: readonly string[], say: (line: string) => void): void {
  const { settings } = slipway.core;
  const lines = [
    '',
    `Slipway is up: ${slipway.url}`,
    `  API         ${slipway.url}/api/v1/docs`,
    `  data        ${settings.dataDir} (${slipway.database} PostgreSQL)`,
    ...more,
    '',
    'Ctrl-C stops it.',
  ];
  for (const line of lines) say(line);
}
