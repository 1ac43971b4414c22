import { AppError } from '../../../platform/errors.ts';
import type { FoundAction } from '../../actions/index.ts';
import type { Step } from '../../language/model.ts';
import type { JobHost } from '../../run/jobHost.ts';

/** Actions that use actions go no deeper; so it is on GitHub. */
export const deepestAction = 10;

/**
 * Finds all actions of other repositories that these steps use, and those that they use in turn, so that one that is
 * missing is known before anything ran. Those of the workspace are found when they run: a step may put them there.
 * Images are no matter of this: their steps may be skipped.
 */
export async function resolveActions(
  steps: readonly Step[],
  host: JobHost,
): Promise<Map<string, FoundAction>> {
  const found = new Map<string, FoundAction>();
  await resolveInto(found, steps, host, []);
  return found;
}

async function resolveInto(
  found: Map<string, FoundAction>,
  steps: readonly Step[],
  host: JobHost,
  chain: readonly string[],
): Promise<void> {
  for (const { does } of steps) {
    if (does.kind !== 'uses' || isLocal(does.uses.value) || does.uses.value.startsWith('docker:')) continue;
    const uses = does.uses.value;
    const inner = extendChain(chain, uses);
    const action = found.get(uses) ?? (await host.actions.find(uses, host.directories.workspace));
    found.set(uses, action);
    const { runs } = action.definition;
    if (runs.kind === 'composite') await resolveInto(found, runs.steps, host, inner);
  }
}

export function isLocal(uses: string): boolean {
  return uses.startsWith('.');
}

/** The way from the job to an action. Throws `invalid_input` when it uses itself, or lies too deep. */
export function extendChain(chain: readonly string[], uses: string): readonly string[] {
  const longer = [...chain, uses];
  if (chain.includes(uses))
    throw new AppError('invalid_input', `${uses} uses itself: ${longer.join(' → ')}`, { uses });
  if (longer.length > deepestAction)
    throw new AppError(
      'invalid_input',
      `actions use actions more than ${deepestAction} deep: ${longer.join(' → ')}`,
      { uses },
    );
  return longer;
}
