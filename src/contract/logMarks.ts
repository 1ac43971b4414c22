import type { FinalState } from './deploys.ts';

/**
 * The lines that a runner writes between those of the steps, each from its beginning on: by them a log is folded
 * and jumped in. One place for who writes them and who looks for them.
 */

/** Before the output of a step. */
export const stepMark = (position: number, steps: number, name: string): string =>
  `▸ step ${position}/${steps} ${name}: `;

/** Before the output of a step of a job. */
export const jobStepMark = (number: number, name: string): string => `▸ step ${number} ${name}`;

/** Before what the verification says. */
export const verifyMark = '▸ verify ';

const symbolOf: Record<FinalState, string> = {
  succeeded: '✓',
  failed: '✗',
  cancelled: '■',
  superseded: '■',
};

/** The last line: how it ended. */
export const endMark = (name: string, state: FinalState): string => `${symbolOf[state]} ${name} ${state}: `;
