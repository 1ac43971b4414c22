import type { Preview } from '../../contract/deploys.ts';
import type { Db } from '../../platform/db/database.ts';
import { findEnvironment } from '../apps/index.ts';
import { evaluateGates } from '../gates/index.ts';
import type { History } from '../repositories/index.ts';
import { summariseChanges } from './changes.ts';
import { goodReleases, leavesDoubt, previousRelease } from './deploy.ts';
import { loadEnvironmentFacts } from './gateFacts.ts';
import { presentDeploys } from './presentDeploy.ts';
import { selectDeploys, selectLastAttempt, selectReleases } from './store.ts';

/** What would happen if this ref were shipped now: what goes out, what stops it, how long it takes, the way back. */
export async function previewDeploy(
  db: Db,
  history: History,
  now: Date,
  publicUrl: string,
  input: { app: string; environment: string; ref?: string | undefined },
): Promise<Preview> {
  const environment = await findEnvironment(db, input.app, input.environment);
  const changes = await summariseChanges(db, history, environment, input.ref);
  const facts = await loadEnvironmentFacts(db, now, {
    id: environment.id,
    app: environment.app,
    name: environment.name,
  });
  const verdict = evaluateGates(
    await facts.factsFor({
      id: 0,
      app: environment.app,
      environment: environment.name,
      number: 0,
      kind: 'deploy',
      state: 'queued',
      sha: changes.candidate.sha,
      config: environment.config,
      repository_id: environment.repositoryId,
      held_reason: null,
      force_reason: null,
    }),
  );
  const good = goodReleases(await selectReleases(db, environment.id));
  const attempt = await selectLastAttempt(db, environment.id);
  const last = await selectDeploys(db, { app: environment.app, environment: environment.name, limit: 1 });
  return {
    app: environment.app,
    environment: environment.name,
    changes,
    reasons: verdict.reasons.map((reason) => ({
      ...reason,
      action: reason.action?.includes('#0') ? null : reason.action,
    })),
    nothing_to_deploy: changes.live_sha === changes.candidate.sha && !leavesDoubt(attempt),
    estimate_seconds: facts.estimateSeconds,
    rollback_to: previousRelease(good, attempt)?.sha ?? null,
    last_deploy: (await presentDeploys(db, publicUrl, last))[0] ?? null,
  };
}
