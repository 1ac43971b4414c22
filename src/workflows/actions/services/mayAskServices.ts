import type { Step } from '../../language/model.ts';

/** Whether there are actions among these steps that may ask for artifacts or caches. */
export const mayAskServices = (steps: readonly Step[]): boolean => steps.some(({ does }) => mayAsk(does));

/** An action that is written here may use others. */
const mayAsk = (does: Step['does']): boolean =>
  does.kind === 'uses' && !/^actions\/checkout@/i.test(does.uses.value);
