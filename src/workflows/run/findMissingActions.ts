import { AppError } from '../../platform/errors.ts';
import type { ActionSource } from '../actions/index.ts';
import type { Finding, Step, UseAction } from '../language/index.ts';
import type { Plan } from '../plan/index.ts';

/**
 * The actions of other repositories that jobs of a plan will ask for and that cannot be had: found before anything
 * runs. Those of a job with a condition are asked for when it holds.
 */
export async function findMissingActions(
  { jobs }: Plan,
  source: ActionSource,
  root: string,
): Promise<Finding[]> {
  const asked = jobs.flatMap((job) =>
    job.kind === 'steps' && job.if === null ? usesOf(job.file, job.steps) : [],
  );
  const byName = Map.groupBy(asked, ({ does }) => does.uses.value);
  const found = await Promise.all(
    [...byName].map(async ([uses, places]) => ({ problem: await problemOf(uses), places })),
  );
  return found.flatMap(({ problem, places }) =>
    problem === null ? [] : places.map((place) => findingAt(place, problem)),
  );

  async function problemOf(uses: string): Promise<string | null> {
    try {
      await source.find(uses, root);
      return null;
    } catch (error) {
      if (error instanceof AppError) return error.message;
      throw error;
    }
  }
}

interface Asked {
  readonly file: string;
  readonly does: UseAction;
}

/** An expression cannot stand there, and an action of the workspace may be made by a step before. */
function usesOf(file: string, steps: readonly Step[]): Asked[] {
  return steps.flatMap(({ does }) =>
    does.kind !== 'uses' || does.uses.value.startsWith('./') ? [] : [{ file, does }],
  );
}

const findingAt = ({ file, does }: Asked, message: string): Finding => ({
  severity: 'error',
  rule: 'action',
  message,
  file,
  at: does.uses.at,
});
