import { AppError } from '../../../platform/errors.ts';
import type { UseAction } from '../../language/model.ts';
import type { Execution, StepRun } from '../job.ts';

export async function useAction(_run: StepRun, does: UseAction): Promise<Execution> {
  throw new AppError('unavailable', `uses: ${does.uses.value}: actions do not run yet`);
}
