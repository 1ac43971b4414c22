import type { JobSpec } from '../../../workflows/plan/index.ts';

/** Files of test results that a job names itself: `SLIPWAY_TEST_RESULTS` in the `env` of it, its workflow or its steps. */
export function resultGlobs({ workflowEnv, env, steps }: JobSpec): string[] {
  return [...workflowEnv, ...env, ...steps.flatMap((step) => step.env)]
    .filter(({ name }) => name.value === 'SLIPWAY_TEST_RESULTS')
    .flatMap(({ text }) => text.value.split(/[\n,]/))
    .map((glob) => glob.trim())
    .filter((glob) => glob !== '');
}
