import type { DeployState, StepState } from '../../contract/deploys.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import {
  setCancelRequested,
  setFinished,
  setLive,
  setStarted,
  settleSteps,
  setVerifying,
  updateState,
} from './changeStore.ts';
import { deployName, predecessorsOf } from './deploy.ts';
import { type DeployRow, type EnvironmentLock, selectDeployById } from './store.ts';

/** A step of the lifecycle, with the facts that go with it. */
export type Transition =
  | {
      to: 'running';
      runnerId: string;
      leaseToken: string;
      leaseSeconds: number;
      notes: string[];
      previousSha: string | null;
    }
  | { to: 'verifying' }
  | { to: 'cancelling' }
  | { to: 'succeeded' | 'failed' | 'cancelled' | 'superseded'; result: string };

/**
 * The only writer of a deploy's state. The change is conditional on the state before it, and its event,
 * the release pointer and the truth about its steps commit with it. Under the environment's lock, always.
 */
export async function transitionDeploy(
  lock: EnvironmentLock,
  now: Date,
  actor: string,
  deploy: Pick<DeployRow, 'id' | 'app' | 'environment' | 'number'>,
  transition: Transition,
): Promise<DeployRow> {
  const changed = await updateState(lock, deploy.id, {
    to: transition.to,
    from: predecessorsOf(transition.to),
    set: columnsOf(transition, now, actor),
  });
  const name = deployName(deploy.app, deploy.environment, deploy.number);
  if (!changed) throw await invalidTransition(lock, deploy.id, name, transition.to);
  if (transition.to === 'succeeded') await setLive(lock, deploy.id);
  if ('result' in transition) await settleSteps(lock.tx, now, deploy.id, stepStateAfter(transition.to));
  const row = await selectDeployById(lock.tx, deploy.id);
  await appendEvent(lock.tx, now, {
    kind: `deploy.${transition.to}`,
    subject: name,
    actor,
    data: { ...('result' in transition ? { result: transition.result } : {}), sha: row.sha, kind: row.kind },
  });
  return row;
}

function columnsOf(transition: Transition, now: Date, actor: string) {
  if (transition.to === 'running') {
    const { runnerId, leaseToken, leaseSeconds, notes, previousSha } = transition;
    return setStarted(now, runnerId, leaseToken, leaseSeconds, notes, previousSha);
  }
  if (transition.to === 'verifying') return setVerifying(now);
  if (transition.to === 'cancelling') return setCancelRequested(now, actor);
  return setFinished(now, transition.result);
}

/** What becomes of a step that was running when its deploy ended without saying more about it. */
function stepStateAfter(state: DeployState): StepState {
  return state === 'cancelled' ? 'cancelled' : 'unknown';
}

async function invalidTransition(
  lock: EnvironmentLock,
  id: number,
  name: string,
  to: DeployState,
): Promise<AppError> {
  const { state } = await selectDeployById(lock.tx, id);
  return new AppError('invalid_transition', `${name} is ${state} and cannot become ${to}`, { state });
}
