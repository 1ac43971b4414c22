import type { Why } from '../../contract/deploys.ts';
import type { Db } from '../../platform/db/database.ts';
import { evaluateGates, type Verdict } from '../gates/index.ts';
import { deployName } from './deploy.ts';
import { type DeployId, findDeploy } from './findDeploy.ts';
import { type EnvironmentFacts, loadEnvironmentFacts, remainingSeconds } from './gateFacts.ts';
import { type DeployRow, selectActive } from './store.ts';

/** Why isn't it moving? The reasons in order, who can clear each, and when it may start. */
export async function explainDeploy(db: Db, now: Date, id: DeployId): Promise<Why> {
  const deploy = await findDeploy(db, id);
  const name = deployName(deploy.app, deploy.environment, deploy.number);
  if (deploy.state !== 'queued') return notWaiting(name, deploy);
  const environment = { id: deploy.environment_id, app: deploy.app, name: deploy.environment };
  const facts = await loadEnvironmentFacts(db, now, environment);
  const verdict = evaluateGates(await facts.factsFor(deploy));
  return {
    deploy: name,
    state: deploy.state,
    waiting: true,
    reasons: verdict.reasons,
    notes: verdict.notes,
    estimate_seconds: await secondsUntilStart(db, now, deploy, facts, verdict),
  };
}

function notWaiting(name: string, deploy: DeployRow): Why {
  const notes = deploy.result === null ? deploy.notes : [...deploy.notes, deploy.result];
  return { deploy: name, state: deploy.state, waiting: false, reasons: [], notes, estimate_seconds: null };
}

/** Known only when nothing but other deploys stand before it. */
async function secondsUntilStart(
  db: Db,
  now: Date,
  deploy: DeployRow,
  facts: EnvironmentFacts,
  verdict: Verdict,
): Promise<number | null> {
  const waitsForDeploysOnly = verdict.reasons.every(
    (reason) => reason.code === 'active_deploy' || reason.code === 'behind_in_queue',
  );
  if (!waitsForDeploysOnly) return null;
  if (verdict.reasons.length === 0) return 0;
  if (facts.estimateSeconds === null) return null;
  const active = await selectActive(db, deploy.environment_id);
  const activeSeconds =
    active === undefined ? 0 : (remainingSeconds(active, facts.estimateSeconds, now) ?? 0);
  const position = facts.queue.findIndex((other) => other.id === deploy.id);
  const ahead = facts.queue.slice(0, Math.max(0, position)).filter((other) => other.held_at === null).length;
  return activeSeconds + ahead * facts.estimateSeconds;
}
