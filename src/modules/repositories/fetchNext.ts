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
  type SyncRequest,
  type SyncResult,
  syncMirror,
} from '../../platform/git/index.ts';
import { resolveReference, type SecretSource } from '../secrets/index.ts';
import { recordRefChanges } from '../triggers/index.ts';
import { keepLease, leaseSeconds } from './holdMirror.ts';
import { leaseFetch, type RepositoryRow, recordFailure, recordFetched } from './store.ts';

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
  const repository = await leaseFetch(context.db, context.now(), leaseSeconds, 'mirror');
  if (repository === undefined) return false;
  const letGo = keepLease(context.db, repository.id);
  try {
    const result = await sync(context, repository, signal);
    await succeed(context, repository, result, await readRefs(context.paths.mirror(repository.id)));
  } catch (error) {
    if (signal.aborted) return false;
    await fail(context, repository, error);
  } finally {
    letGo();
  }
  return true;
}

async function sync(
  context: FetchContext,
  repository: RepositoryRow,
  signal: AbortSignal,
): Promise<SyncResult> {
  const request = await syncRequest(context, repository, signal);
  await mkdir(dirname(request.directory), { recursive: true, mode: 0o700 });
  const result = await syncMirror(request);
  if (result.changedRefs.length > 0) await maintain(request.directory, signal);
  return result;
}

/** What talking to the origin of a repository takes: its declared address, and the credential that goes with it. */
export async function syncRequest(
  context: FetchContext,
  repository: RepositoryRow,
  signal: AbortSignal,
): Promise<SyncRequest> {
  const { url } = repository.config;
  if (url === null)
    throw new AppError('conflict', `${repository.name} is hosted here; there is nothing to fetch it from`);
  const credential = await credentialOf(context, repository);
  return {
    url,
    directory: context.paths.mirror(repository.id),
    knownHostsFile: context.paths.knownHosts,
    signal,
    ...(credential ? { credential } : {}),
  };
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
    if (!(await recordFetched(tx, now, repository.id, result.defaultBranch))) return;
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
    const recorded = await recordFailure(tx, now, repository.id, failure);
    if (!recorded || !isNews(repository, 'failing')) return;
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
