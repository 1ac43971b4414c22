import type { StepState } from '../../contract/deploys.ts';
import { systemActor } from '../../platform/actor.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { updateStep } from './changeStore.ts';
import { deployName } from './deploy.ts';
import type { DeployRow, EnvironmentLock } from './store.ts';

/** Records how a step of a deploy stands, and tells those who watch. */
export async function recordStep(
  lock: EnvironmentLock,
  now: Date,
  deploy: Pick<DeployRow, 'id' | 'app' | 'environment' | 'number'>,
  position: number,
  step: { state: StepState; detail?: string | null },
): Promise<void> {
  const when = step.state === 'running' ? { startedAt: now } : { finishedAt: now };
  await updateStep(lock.tx, deploy.id, position, { ...step, ...when });
  await appendEvent(lock.tx, now, {
    kind: 'deploy.step',
    subject: deployName(deploy.app, deploy.environment, deploy.number),
    actor: systemActor.name,
    data: { position, ...step },
  });
}
