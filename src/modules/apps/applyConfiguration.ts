import type { AppConfig, Configuration } from '../../contract/configuration.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import { parseConfiguration, resolveEnvironment } from '../configuration/index.ts';
import { saveRepository } from '../repositories/index.ts';
import { type DirectoryLock, ensureTeam, lockDirectory } from '../teams/index.ts';
import {
  lockEnvironments,
  removeOtherEnvironments,
  selectShippedRepository,
  upsertApp,
  upsertEnvironment,
} from './store.ts';

export interface Applied {
  created: string[];
  changed: string[];
  unchanged: string[];
}

/**
 * Makes the database say what a `slipway.yml` says: in one transaction, or not at all. Apps that the file
 * does not name stay as they are; environments that an app no longer names are put away with their history.
 */
export async function applyConfiguration(
  db: Db,
  now: Date,
  actor: Actor,
  file: { text: string; name: string },
): Promise<Applied> {
  const configuration = parseOrThrow(file);
  return db.transaction(async (tx) => {
    const lock = await lockDirectory(tx);
    await lockEnvironments(tx);
    const outcomes: [string, keyof Applied][] = [];
    const repositoryIds = new Map<string, number>();
    for (const repository of configuration.repositories) {
      const { id, outcome } = await saveRepository(tx, now, repository);
      repositoryIds.set(repository.name, id);
      outcomes.push([`repository ${repository.name}`, outcome]);
    }
    for (const app of configuration.apps) {
      outcomes.push([`app ${app.name}`, await saveApp(lock, now, actor, app, repositoryIds)]);
    }
    const applied = group(outcomes);
    if (applied.created.length + applied.changed.length > 0) await record(tx, now, actor, file.name, applied);
    return applied;
  });
}

function parseOrThrow(file: { text: string; name: string }): Configuration {
  const parsed = parseConfiguration(file.text, file.name);
  if (parsed.ok) return parsed.configuration;
  const lines = parsed.problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.message}`);
  throw new AppError('invalid_input', lines.join('\n'), { problems: parsed.problems });
}

async function saveApp(
  lock: DirectoryLock,
  now: Date,
  actor: Actor,
  app: AppConfig,
  repositoryIds: Map<string, number>,
): Promise<keyof Applied> {
  const { tx } = lock;
  const repositoryId = repositoryIds.get(app.repository);
  if (repositoryId === undefined)
    throw new Error(`the parser let an unknown repository pass: ${app.repository}`);
  await assertSameRepository(tx, app, repositoryId);
  const teamId = await ensureTeam(lock, now, actor, app.team);
  const { id, outcome } = await upsertApp(tx, now, { name: app.name, repositoryId, teamId, config: app });
  for (const [position, { name }] of app.environments.entries()) {
    await upsertEnvironment(tx, { appId: id, name, position, config: resolveEnvironment(app, name) });
  }
  await removeOtherEnvironments(
    tx,
    now,
    id,
    app.environments.map((environment) => environment.name),
  );
  return outcome;
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

function group(outcomes: [string, keyof Applied][]): Applied {
  const named = (wanted: keyof Applied) =>
    outcomes.filter(([, outcome]) => outcome === wanted).map(([name]) => name);
  return { created: named('created'), changed: named('changed'), unchanged: named('unchanged') };
}

async function record(tx: Tx, now: Date, actor: Actor, file: string, applied: Applied): Promise<void> {
  await audit(tx, now, actor, 'configuration.apply', file, {
    created: applied.created,
    changed: applied.changed,
  });
  await appendEvent(tx, now, {
    kind: 'configuration.applied',
    subject: 'configuration',
    actor: actor.name,
    data: { ...applied },
  });
}
