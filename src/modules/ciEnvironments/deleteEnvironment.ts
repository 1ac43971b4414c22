import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { assertMayWorkOn, findRepository } from '../repositories/index.ts';
import { lockDirectory } from '../teams/index.ts';
import { assertMayLoosen } from './assertMayLoosen.ts';
import { findEnvironment, isSameName } from './environments.ts';
import { recordEnvironment } from './recordEnvironment.ts';
import { deleteEnvironmentRow, type EnvironmentRow } from './store.ts';

/** Deletes an environment with its secrets and variables; `confirm` must repeat its name when it has any. */
export async function deleteEnvironment(
  db: Db,
  now: Date,
  actor: Actor,
  target: { repository: string; environment: string },
  confirm: string | undefined,
): Promise<void> {
  await db.transaction(async (tx) => {
    const lock = await lockDirectory(tx);
    const repository = await findRepository(tx, target.repository);
    assertMayWorkOn(actor, repository, 'delete environments');
    const row = await findEnvironment(tx, repository, target.environment);
    assertMayLoosen(actor, row, repository);
    assertMeant(row, confirm);
    await deleteEnvironmentRow(lock, row.id);
    const { secrets, variables } = row;
    await recordEnvironment(lock, now, actor, {
      action: 'delete',
      repository: repository.name,
      name: row.name,
      details: { secrets, variables },
    });
  });
}

function assertMeant(
  { repository, name, secrets, variables }: EnvironmentRow,
  confirm: string | undefined,
): void {
  if (confirm === undefined ? secrets + variables === 0 : isSameName(confirm, name)) return;
  throw new AppError(
    'conflict',
    `environment ${name} of ${repository} has ${secrets} secrets and ${variables} variables, which are deleted with it; confirm with its name: ?confirm=${encodeURIComponent(name)}`,
    { secrets, variables },
  );
}
