import { availableParallelism } from 'node:os';
import { detectEngine } from '../platform/containers/index.ts';
import { containersLabel } from '../workflows/plan/index.ts';

/** What a machine of this kind is called in `runs-on`. */
export const usualLabels = (): string[] => [
  'ubuntu',
  'debian',
  'linux',
  'self-hosted',
  process.arch === 'arm64' ? 'arm64' : 'x64',
];

/** The same with what it can do besides: jobs that need a container engine ask for `containers`. */
export async function withAbilities(labels: readonly string[]): Promise<string[]> {
  if (labels.includes(containersLabel) || 'refused' in (await detectEngine())) return [...labels];
  return [...labels, containersLabel];
}

/** How many jobs a machine of this size runs at once. */
export const usualCapacity = (): number => Math.max(2, availableParallelism());
