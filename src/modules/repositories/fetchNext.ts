import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemActor } from '../../platform/actor.ts';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import {
  explainFetchFailure,
  type GitCredential,
  maintain,
  type RefSnapshot,
  readRefs,
  type SyncResult,
  syncMirror,
} from '../../platform/git/index.ts';
import { resolveReference, type SecretSource } from '../secrets/index.ts';
import { recordRefChanges } from '../triggers/index.ts';
import { extendFetchLease, leaseFetch, type RepositoryRow, recordFailure, recordFetched } from './store.ts';

const leaseSeconds = 30;
const extendEveryMs = 10_000;

export interface FetchContext {
  readonly db: Db;
  readonly now: () => Date;
  readonly paths: DataPaths;
  readonly secrets: SecretSource;
}

/**
 * Fetches the repository that is due next; answers false when none is. The lease keeps a second worker away
 * and runs out by itself when this one dies. A failure is recorded with its reason and since when.
 */
export async function fetchNext(context: FetchContext, signal: AbortSignal): Promise<boolean> {
  const repository = await leaseFetch(context.db, context.now(), leaseSeconds);
  if (repository === undefined) return false;
  const extend = setInterval(
    () => void extendFetchLease(context.db, repository.id, leaseSeconds).catch(() => {}),
    extendEveryMs,
  );
  try {
    const result = await sync(context, repository, signal);
    await succeed(context, repository, result, await readRefs(context.paths.mirror(repository.id)));
  } catch (error) {
    if (signal.aborted) return false;
    await fail(context, repository, error);
  } finally {
    clearInterval(extend);
  }
  return true;
}

async function sync(
  context: FetchContext,
  repository: RepositoryRow,
  signal: AbortSignal,
): Promise<SyncResult> {
  const directory = context.paths.mirror(repository.id);
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  const credential = await credentialOf(context, repository);
  const result = await syncMirror({
    url: repository.config.url,
    directory,
    knownHostsFile: context.paths.knownHosts,
    signal,
    ...(credential ? { credential } : {}),
  });
  if (result.changedRefs.length > 0) await maintain(directory, signal);
  return result;
}

async function credentialOf(
  context: FetchContext,
  repository: RepositoryRow,
): Promise<GitCredential | undefined> {
  const credential = repository.config.credential;
  if (credential === null) return undefined;
  const value = await resolveReference(context.secrets, credential.reference);
  return credential.kind === 'token'
    ? { kind: 'token', token: value }
    : { kind: 'sshKey', privateKey: value };
}

async function succeed(
  context: FetchContext,
  repository: RepositoryRow,
  result: SyncResult,
  refs: RefSnapshot,
): Promise<void> {
  const now = context.now();
  await context.db.transaction(async (tx) => {
    await recordFetched(tx, now, repository.id, result.defaultBranch);
    await recordRefChanges(tx, now, {
      repositoryId: repository.id,
      repository: repository.name,
      refs,
      actor: systemActor.name,
      source: 'fetch',
      initial: repository.refs_known_at === null,
    });
    if (result.changedRefs.length === 0 && !isNews(repository, 'ok')) return;
    await appendEvent(tx, now, {
      kind: repository.failing_since === null ? 'repository.fetched' : 'repository.recovered',
      subject: repository.name,
      actor: systemActor.name,
      data: { changed_refs: result.changedRefs.slice(0, 100), changed: result.changedRefs.length },
    });
  });
}

async function fail(context: FetchContext, repository: RepositoryRow, error: unknown): Promise<void> {
  const failure =
    error instanceof AppError && error.code !== 'upstream_failed'
      ? { kind: 'configuration', message: error.message }
      : explainFetchFailure(error);
  const now = context.now();
  await context.db.transaction(async (tx) => {
    await recordFailure(tx, now, repository.id, failure);
    if (!isNews(repository, 'failing')) return;
    await appendEvent(tx, now, {
      kind: 'repository.failing',
      subject: repository.name,
      actor: systemActor.name,
      data: { ...failure },
    });
  });
}

/** A fetch that found nothing is told only to those who asked for it, or when it began or ceased to fail. */
function isNews(before: RepositoryRow, now: 'ok' | 'failing'): boolean {
  const { fetch_requested_at: requested, fetch_finished_at: finished, failing_since } = before;
  const asked = requested !== null && (finished === null || requested > finished);
  return asked || finished === null || (failing_since === null) !== (now === 'ok');
}
