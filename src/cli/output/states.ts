import type { DeployState, StepState } from '../../contract/deploys.ts';
import type { Style } from './terminal.ts';

/** How each state is painted. The word always stands beside it: no meaning hangs on colour alone. */
export const styleOfState: Record<DeployState, Style | readonly Style[]> = {
  queued: 'yellow',
  running: 'cyan',
  verifying: 'cyan',
  cancelling: 'yellow',
  succeeded: 'green',
  failed: ['red', 'bold'],
  cancelled: 'dim',
  superseded: 'dim',
};

export const styleOfStep: Record<StepState, Style | readonly Style[]> = {
  pending: 'dim',
  running: 'cyan',
  succeeded: 'green',
  failed: ['red', 'bold'],
  cancelled: 'yellow',
  unknown: 'yellow',
  skipped: 'dim',
};
