import type { WorkflowEnvironment } from '../../contract/workflowEnvironments.ts';
import type { Approval } from '../../contract/workflowRules.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { assertMayWorkOn, findRepository } from '../repositories/index.ts';
import { type DirectoryLock, findTeam, lockDirectory } from '../teams/index.ts';
import { assertMayLoosen } from './assertMayLoosen.ts';
import { isSameName, presentEnvironment } from './environments.ts';
import { recordEnvironment } from './recordEnvironment.ts';
import { branchGlobProblem } from './rules.ts';
import {
  type EnvironmentRow,
  type RulesRow,
  replaceReviewers,
  selectEnvironments,
  upsertEnvironment,
} from './store.ts';

export interface EnvironmentChanges {
  wait_minutes?: number | undefined;
  approval?: Approval | undefined;
  teams?: string[] | undefined;
  branches?: string[] | undefined;
  prevent_self_review?: boolean | undefined;
}

/** Declares an environment of a repository, or changes the rules of one; what is left out stays as it is. */
export async function setEnvironment(
  db: Db,
  now: Date,
  actor: Actor,
  target: { repository: string; environment: string },
  changes: EnvironmentChanges,
): Promise<WorkflowEnvironment> {
  return db.transaction(async (tx) => {
    const lock = await lockDirectory(tx);
    const repository = await findRepository(tx, target.repository);
    assertMayWorkOn(actor, repository, 'change the environments');
    const stored = (await selectEnvironments(tx, repository.id)).find((row) =>
      isSameName(row.name, target.environment),
    );
    if (stored !== undefined) assertMayLoosen(actor, stored, repository);
    const name = stored?.name ?? target.environment;
    const rules = changedRules(stored, changes);
    assertValid(rules);
    const teamIds = await idsOf(lock, rules.teams);
    const id = await upsertEnvironment(lock, now, {
      repository_id: repository.id,
      name,
      ...rules,
      updated_by: actor.name,
    });
    await replaceReviewers(lock, id, teamIds);
    await recordEnvironment(lock, now, actor, {
      action: 'set',
      repository: repository.name,
      name,
      details: rules,
    });
    const written = (await selectEnvironments(tx, repository.id)).find((row) => row.id === id);
    if (written === undefined)
      throw new AppError('internal', `environment ${name} vanished while it was written`);
    return presentEnvironment(written, actor, repository.teams);
  });
}

function changedRules(stored: EnvironmentRow | undefined, changes: EnvironmentChanges): RulesRow {
  const approval = changes.approval ?? stored?.approval ?? 'none';
  return {
    wait_minutes: changes.wait_minutes ?? stored?.wait_minutes ?? 0,
    approval,
    // Reviewers of before say nothing about an approval that is not theirs.
    teams: changes.teams ?? (approval === 'teams' ? (stored?.teams ?? []) : []),
    branches: changes.branches ?? stored?.branches ?? [],
    prevent_self_review: changes.prevent_self_review ?? stored?.prevent_self_review ?? false,
  };
}

function assertValid({ approval, teams, branches }: RulesRow): void {
  if (approval === 'teams' && teams.length === 0) {
    throw new AppError(
      'invalid_input',
      'body.teams: approval by teams takes at least one; or let everybody agree who may deploy: approval "deployers"',
    );
  }
  if (approval !== 'teams' && teams.length > 0) {
    throw new AppError(
      'invalid_input',
      `body.teams: they review with approval "teams" only, not "${approval}"`,
    );
  }
  for (const [index, glob] of branches.entries()) {
    const problem = branchGlobProblem(glob);
    if (problem !== null)
      throw new AppError('invalid_input', `body.branches[${index}]: ${JSON.stringify(glob)} ${problem}`);
  }
}

async function idsOf({ tx }: DirectoryLock, slugs: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const slug of new Set(slugs)) ids.push((await findTeam(tx, slug)).id);
  return ids;
}
