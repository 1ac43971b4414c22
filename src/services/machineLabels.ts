import { availableParallelism } from 'node:os';

/** What a machine of this kind is called in `runs-on`. */
export const usualLabels = (): string[] => [
  'ubuntu',
  'debian',
  'linux',
  'self-hosted',
  process.arch === 'arm64' ? 'arm64' : 'x64',
];

/** How many jobs a machine of this size runs at once. */
export const usualCapacity = (): number => Math.max(2, availableParallelism());
