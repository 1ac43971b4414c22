import type { Slipway } from './up.ts';

export interface SampleInfo {
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Tells on stdout where everything is, once it works. */
export function announce(slipway: Slipway, sample: SampleInfo | undefined): void {
  const { settings } = slipway.core;
  const lines = [
    `Slipway is up: ${slipway.url}`,
    `  API        ${slipway.url}/api/v1/docs`,
    `  data       ${settings.dataDir} (${slipway.database} PostgreSQL)`,
    ...(sample?.lines ?? []),
    '  stop       Ctrl-C',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
