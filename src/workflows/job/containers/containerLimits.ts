import type { ContainerEngine } from '../../../platform/containers/index.ts';
import { usualProcesses } from '../../../platform/processes/index.ts';
import type { JobLimits } from '../../run/jobHost.ts';

/**
 * Options of a container with the limits of the run: what a workflow says itself counts where it is less. The last of
 * the same option is the one that engines take. Nobody has more processes than usual, whatever a workflow says.
 */
export function withinLimits(
  options: readonly string[],
  { memoryBytes, processes }: Pick<JobLimits, 'memoryBytes' | 'processes'>,
  engine: ContainerEngine['name'],
): string[] {
  const within = [...options];
  if (memoryBytes !== undefined) {
    const own = optionValue(options, ['--memory', '-m']);
    const memory = own === undefined ? memoryBytes : Math.min(memoryBytes, bytesOf(own) || memoryBytes);
    // Swap is memory by another name: without this a container may have as much again.
    within.push('--memory', String(memory), '--memory-swap', String(memory));
  }
  const own = optionValue(options, ['--pids-limit']);
  // Podman has a limit of its own, where it can have one; docker has none.
  if (processes !== undefined || own !== undefined || engine === 'docker') {
    const most = processes ?? usualProcesses;
    within.push('--pids-limit', String(Number(own) > 0 ? Math.min(Number(own), most) : most));
  }
  return within;
}

function optionValue(options: readonly string[], names: readonly string[]): string | undefined {
  const at = options.findLastIndex((option) =>
    names.some((name) => option === name || option.startsWith(`${name}=`)),
  );
  if (at === -1) return undefined;
  const option = options[at];
  return option?.includes('=') ? option.slice(option.indexOf('=') + 1) : options[at + 1];
}

const unitBytes: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** As engines read `512m`; 0 when it says nothing. */
function bytesOf(size: string): number {
  const [, amount, unit = 'b'] = /^(\d+(?:\.\d+)?)([bkmgt])?b?$/i.exec(size) ?? [];
  return amount === undefined ? 0 : Math.floor(Number(amount) * (unitBytes[unit.toLowerCase()] ?? 1));
}
