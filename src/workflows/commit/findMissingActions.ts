import { AppError } from '../../platform/errors.ts';
import type { ActionSource } from '../actions/index.ts';
import type { ActionDefinition, Finding, Step, UseAction } from '../language/index.ts';
import { obstacleOf, type Plan } from '../plan/index.ts';

/**
 * The actions of other repositories that jobs of a plan will ask for and that cannot be had, or cannot run here: found
 * before anything runs. Those of a job with a condition are asked for when it holds.
 */
export async function findMissingActions(
  { jobs }: Plan,
  source: ActionSource,
  root: string,
): Promise<Finding[]> {
  const asked = jobs.flatMap((job) =>
    job.kind === 'steps' && job.if === null
      ? remoteUses(job.steps).map((uses) => ({ file: job.file, ...uses }))
      : [],
  );
  const byName = Map.groupBy(asked, ({ does }) => does.uses.value);
  const found = await Promise.all([...byName].map(async ([uses, places]) => findingsOf(uses, places)));
  return found.flat();

  async function findingsOf(uses: string, places: readonly Asked[]): Promise<Finding[]> {
    const actions: Record<string, ActionDefinition> = {};
    const problem = await problemOf(uses, actions);
    if (problem !== null) return places.map((place) => findingAt(place, 'action', problem));
    return places.flatMap((place) => {
      const obstacle = place.step.if === null ? obstacleOf(place.step, { actions }) : null;
      return obstacle === null ? [] : [findingAt(place, obstacle.rule, obstacle.message)];
    });
  }

  /** Why it, or an action that it uses, cannot be had; null when all are in `actions`. */
  async function problemOf(uses: string, actions: Record<string, ActionDefinition>): Promise<string | null> {
    if (uses in actions) return null;
    try {
      const { definition } = await source.find(uses, root);
      actions[uses] = definition;
      const { runs } = definition;
      const inner = runs.kind === 'composite' ? remoteUses(runs.steps) : [];
      for (const { does } of inner) {
        const problem = await problemOf(does.uses.value, actions);
        if (problem !== null) return `${problem} (used by ${uses})`;
      }
      return null;
    } catch (error) {
      if (error instanceof AppError) return error.message;
      throw error;
    }
  }
}

interface Uses {
  readonly step: Step;
  readonly does: UseAction;
}

interface Asked extends Uses {
  readonly file: string;
}

/** An expression cannot stand there, and an action of the workspace may be made by a step before. */
function remoteUses(steps: readonly Step[]): Uses[] {
  return steps.flatMap((step) => {
    const { does } = step;
    return does.kind !== 'uses' || /^(\.\/|docker:)/.test(does.uses.value) ? [] : [{ step, does }];
  });
}

const findingAt = ({ file, does }: Asked, rule: string, message: string): Finding => ({
  severity: 'error',
  rule,
  message,
  file,
  at: does.uses.at,
});
