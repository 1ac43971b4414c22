import type { Tx } from '../../platform/db/database.ts';
import { recordTrigger } from '../triggers/index.ts';
import { runUrl } from './present.ts';
import { nameOf } from './runsContext.ts';
import { type AwaitedRun, selectAwaitedRun } from './triggerByRunStore.ts';

/** Runs that are started by runs: so many after the first, as on GitHub, and no more. */
const deepest = 3;

/**
 * What happened in a run may start workflows of the default branch (`workflow_run`): at that branch and with its
 * secrets, whoever started the run. Appends an event: nothing that locks rows may come after it.
 */
export async function triggerByRun(
  tx: Tx,
  now: Date,
  publicUrl: string,
  id: number,
  what: 'requested' | 'in_progress' | 'completed',
): Promise<void> {
  const run = await selectAwaitedRun(tx, id, what);
  if (run === undefined || run.depth >= deepest) return;
  await recordTrigger(tx, now, run.repository, {
    repositoryId: run.repository_id,
    event: 'workflow_run',
    ref: `refs/heads/${run.default_branch}`,
    sha: run.default_sha,
    before: null,
    actor: starterOf(run),
    source: 'run',
    payload: payloadOf(run, publicUrl, what),
    trusted: true,
    depth: run.depth + 1,
    key: `workflow_run:${run.id}:${run.attempt}:${what}`,
  });
}

/** Whoever had it run again began what follows, and is asked about where nobody may approve what is their own. */
const starterOf = ({ actor, rerun_by }: AwaitedRun): string => rerun_by ?? actor;

const statuses = { requested: 'queued', in_progress: 'in_progress', completed: 'completed' } as const;

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_run, as far as Slipway knows it. */
function payloadOf(run: AwaitedRun, publicUrl: string, what: keyof typeof statuses) {
  const request = run.payload?.pull_request as PullRequest | undefined;
  const repository = {
    full_name: nameOf({ name: run.repository, config: run.config }, publicUrl).repository,
  };
  const person = (login: string) => ({ login, type: 'User' });
  const started = run.started_at ?? run.created_at;
  return {
    action: what,
    workflow: { name: run.name, path: run.file, state: 'active' },
    workflow_run: {
      id: run.id,
      name: run.name,
      display_title: run.title,
      path: run.file,
      event: run.event,
      status: statuses[what],
      conclusion: what === 'completed' ? run.conclusion : null,
      head_branch: request?.head?.ref ?? run.ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
      head_sha: run.sha,
      // Null when a fork is gone. Workflows trust a run by it, so it is never guessed.
      head_repository: request === undefined ? repository : (request.head?.repo ?? null),
      repository,
      run_number: run.number,
      run_attempt: run.attempt,
      run_started_at: started.toISOString(),
      created_at: run.created_at.toISOString(),
      updated_at: (run.finished_at ?? started).toISOString(),
      html_url: runUrl(publicUrl, run.id),
      actor: person(run.actor),
      triggering_actor: person(starterOf(run)),
      pull_requests: request === undefined ? [] : [request],
    },
  };
}

interface PullRequest {
  readonly head?: { readonly ref?: string; readonly repo?: object | null };
}
