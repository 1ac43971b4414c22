import { setTimeout as delay } from 'node:timers/promises';
import { api } from '../contract/addresses.ts';
import type { Client } from '../contract/client.ts';
import type { Repository } from '../contract/repositories.ts';
import { AppError } from '../platform/errors.ts';
import type { Run } from './command.ts';
import { withSpinner } from './output/spinner.ts';
import { relativeTime } from './output/time.ts';

const pollMs = 150;
const limitMs = 60_000;

/**
 * Has a repository fetched now, and waits for it. Throws upstream_failed when it cannot be fetched, with why and
 * since when, and unavailable when no worker has done it within a minute.
 */
export async function fetchRepository(run: Run, client: Client, name: string): Promise<Repository> {
  const { terminal } = run.out;
  return withSpinner(terminal, `fetching ${name}`, async () => {
    const asked = await client.call(api.fetchRepository, { params: { repository: name } });
    const deadline = performance.now() + limitMs;
    while (performance.now() < deadline) {
      const repository = await client.call(api.showRepository, { params: { repository: name } });
      if (isFetchedSince(repository, asked.fetch_requested_at)) return assertFetched(repository, run.now());
      await delay(pollMs);
    }
    throw new AppError(
      'unavailable',
      `${name} was not fetched within a minute: the remote is slow, or no worker is alive (slipway doctor tells)`,
      { repository: name },
    );
  });
}

/** `fetch_finished_at` ≥ `fetch_started_at` ≥ what was asked for. */
export function isFetchedSince(
  repository: Pick<Repository, 'fetch_started_at' | 'fetch_finished_at'>,
  requestedAt: string | null,
): boolean {
  const [requested, started, finished] = [
    requestedAt,
    repository.fetch_started_at,
    repository.fetch_finished_at,
  ].map((at) => (at === null ? Number.NaN : Date.parse(at))) as [number, number, number];
  return finished >= started && started >= requested;
}

function assertFetched(repository: Repository, now: Date): Repository {
  const { failing, name, fetched_at } = repository;
  if (failing === null) return repository;
  const last = fetched_at === null ? 'never' : relativeTime(new Date(fetched_at), now);
  throw new AppError(
    'upstream_failed',
    `${name} cannot be fetched since ${relativeTime(new Date(failing.since), now)} (last good fetch: ${last}): ${failing.message}`,
    { repository: name, kind: failing.kind, since: failing.since },
  );
}
