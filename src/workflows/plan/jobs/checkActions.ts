import type { ActionDefinition, Step } from '../../language/index.ts';
import { refuse } from '../refusal.ts';
import { note, type Planning } from './filePlan.ts';

/** Notes docker actions among steps that run for certain: as steps, and inside of composite actions of the repository. */
export function checkActions(planning: Planning, steps: readonly Step[], file: string): void {
  for (const { does, if: condition } of steps) {
    if (does.kind !== 'uses' || condition !== null) continue;
    if (!isDocker(does.uses.value, planning.input.actions, new Set())) continue;
    const message = `\`${does.uses.value}\` is a docker action, and those do not run here`;
    note(planning, refuse('docker-action', message, file, does.uses.at));
  }
}

function isDocker(
  uses: string,
  actions: Readonly<Record<string, ActionDefinition>>,
  seen: Set<string>,
): boolean {
  if (uses.startsWith('docker://')) return true;
  const runs = seen.has(uses) ? undefined : actions[uses.replace(/^\$\//, './')]?.runs;
  seen.add(uses);
  if (runs === undefined || runs.kind === 'node') return false;
  if (runs.kind === 'docker') return true;
  return runs.steps.some(
    ({ does, if: condition }) =>
      condition === null && does.kind === 'uses' && isDocker(does.uses.value, actions, seen),
  );
}
