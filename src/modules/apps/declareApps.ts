import type { AppConfig, Configuration } from '../../contract/configuration.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { resolveEnvironment } from '../configuration/index.ts';
import { saveRepository } from '../repositories/index.ts';
import { type DirectoryLock, ensureTeam } from '../teams/index.ts';
import {
  lockEnvironments,
  removeOtherEnvironments,
  selectShippedRepository,
  upsertApp,
  upsertEnvironment,
} from './store.ts';

/**
 * Writes the repositories and apps of a configuration. Those that it does not name stay as they are; environments
 * that an app no longer names are put away with their history.
 */
export async function declareApps(
  lock: DirectoryLock,
  now: Date,
  actor: Actor,
  configuration: Configuration,
): Promise<void> {
  const { tx } = lock;
  if (configuration.apps.length > 0) await lockEnvironments(tx);
  const repositoryIds = new Map<string, number>();
  for (const repository of configuration.repositories) {
    const { id } = await saveRepository(tx, now, repository);
    repositoryIds.set(repository.name, id);
  }
  for (const app of configuration.apps) await saveApp(lock, now, actor, app, repositoryIds);
}

async function saveApp(
  lock: DirectoryLock,
  now: Date,
  actor: Actor,
  app: AppConfig,
  repositoryIds: Map<string, number>,
): Promise<void> {
  const { tx } = lock;
  const repositoryId = repositoryIds.get(app.repository);
  if (repositoryId === undefined)
    throw new Error(`the parser let an unknown repository pass: ${app.repository}`);
  await assertSameRepository(tx, app, repositoryId);
  const teamId = await ensureTeam(lock, now, actor, app.team);
  const { id } = await upsertApp(tx, now, { name: app.name, repositoryId, teamId, config: app });
  for (const [position, { name }] of app.environments.entries()) {
    await upsertEnvironment(tx, { appId: id, name, position, config: resolveEnvironment(app, name) });
  }
  await removeOtherEnvironments(
    tx,
    now,
    id,
    app.environments.map((environment) => environment.name),
  );
}

/** The history of an app names commits of its repository: another one would make `:previous` and rollbacks lies. */
async function assertSameRepository(tx: Tx, app: AppConfig, repositoryId: number): Promise<void> {
  const shipped = await selectShippedRepository(tx, app.name);
  if (shipped === undefined || shipped.id === repositoryId) return;
  throw new AppError(
    'conflict',
    `app ${app.name} has shipped commits of repository ${shipped.name} and cannot move to ${app.repository}; change the url of ${shipped.name}, or declare a new app`,
  );
}
