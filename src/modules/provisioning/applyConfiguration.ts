import { type Plan, planChanges } from '../../contract/provisioning.ts';
import type { Actor } from '../../platform/actor.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { declareApps } from '../apps/index.ts';
import { audit } from '../audit/index.ts';
import { type DirectoryLock, lockDirectory } from '../teams/index.ts';
import { type ConfigurationFile, type Provisioning, parseFile } from './configurationFile.ts';
import { describePlan } from './describePlan.ts';
import { makePlan } from './planConfiguration.ts';
import { writeFixtures } from './writeFixtures.ts';

/**
 * Makes Slipway hold what a file says, in one transaction or not at all, and answers the plan that was carried out.
 * What is skipped does not stop the rest; what the file does not name stays as it is.
 */
export async function applyConfiguration(
  context: Provisioning,
  now: Date,
  actor: Actor,
  file: ConfigurationFile,
): Promise<Plan> {
  const parsed = await parseFile(context, actor, file);
  return context.db.transaction(async (tx) => {
    const lock = await lockDirectory(tx);
    const full = await makePlan(tx, context, parsed);
    if (!planChanges(full.plan)) return full.plan;
    await writeFixtures(lock, context, now, parsed, full);
    await declareApps(lock, now, actor, parsed.configuration);
    await record(lock, now, actor, full.plan);
    return full.plan;
  });
}

async function record({ tx }: DirectoryLock, now: Date, actor: Actor, plan: Plan): Promise<void> {
  const { file, counts } = plan;
  await audit(tx, now, actor, 'configuration.apply', file, { counts, items: describePlan(plan) });
  await appendEvent(tx, now, {
    kind: 'configuration.applied',
    subject: 'configuration',
    actor: actor.name,
    data: { file, counts },
  });
}
