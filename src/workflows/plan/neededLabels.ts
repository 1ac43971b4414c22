import type { JobSpec } from './jobSpec.ts';

/** Machines with a container engine have it besides their own. */
export const containersLabel = 'containers';

/** The labels that a machine must have for a job: those that it names, and what its containers need. */
export function neededLabels({ labels, container, services }: JobSpec): string[] {
  const containers = container !== null || services !== null;
  return containers && !labels.includes(containersLabel) ? [...labels, containersLabel] : [...labels];
}
