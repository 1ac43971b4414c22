import type { Plan, PlanItem } from '../../contract/provisioning.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { openKeySecret } from '../projects/index.ts';
import {
  type ConfigurationFile,
  type ParsedFile,
  type Provisioning,
  parseFile,
} from './configurationFile.ts';
import { countActions } from './countActions.ts';
import { planItem } from './drafts.ts';
import type { KeyFacts } from './facts.ts';
import { type Facts, loadFacts } from './loadFacts.ts';
import { planApps } from './planApps.ts';
import { type FixturePlan, planFixtures } from './planFixtures.ts';

/** What applying a file would change. Nothing is written. */
export async function planConfiguration(
  context: Provisioning,
  actor: Actor,
  file: ConfigurationFile,
): Promise<Plan> {
  const parsed = await parseFile(context, actor, file);
  const make = async (tx: Tx) => (await makePlan(tx, context, parsed)).plan;
  return context.db.transaction(make, { atOneMoment: true });
}

/** A plan as it is shown, and what carrying it out takes. */
export interface FullPlan {
  readonly plan: Plan;
  readonly facts: Facts;
  readonly fixtures: FixturePlan;
}

/** The plan for what is held now. To carry it out, make it under the directory's lock. */
export async function makePlan(db: Queryable, context: Provisioning, parsed: ParsedFile): Promise<FullPlan> {
  const facts = await loadFacts(db, context, parsed);
  const fixtures = planFixtures(facts.directory, facts.admin, parsed.fixtures, {
    prune: parsed.file.prune ? parsed.fixture : null,
    replace: parsed.file.replace,
    secretOf: (key) => storedSecret(context, key),
  });
  const items = [
    ...planApps(facts.declared, parsed.configuration),
    ...teamsOfApps(parsed, fixtures),
    ...fixtures.items,
  ];
  const warnings = [...parsed.warnings, ...fixtures.warnings];
  return { plan: { file: parsed.file.name, items, counts: countActions(items), warnings }, facts, fixtures };
}

/** Null equals no secret of a file: it is set anew. */
export const storedSecret = (
  { box }: Pick<Provisioning, 'box'>,
  key: Pick<KeyFacts, 'publicKey' | 'sealedSecret'>,
): string | null => openKeySecret(box, key.publicKey, key.sealedSecret);

/** Apps make the teams that they name. Throws `conflict` when one is another's name, which it would get too. */
function teamsOfApps(parsed: ParsedFile, { remainingTeams }: FixturePlan): PlanItem[] {
  const named = new Set(parsed.configuration.apps.map((app) => app.team));
  const made = named.difference(new Set(remainingTeams.map((team) => team.slug)));
  const namesake = remainingTeams.find((team) => made.has(team.name));
  if (namesake !== undefined) {
    const message = `${parsed.file.name}: apps name their team by its slug, and there is no team ${namesake.name}; the team called "${namesake.name}" has the slug ${namesake.slug}: write \`team: ${namesake.slug}\``;
    throw new AppError('conflict', message);
  }
  return [...made].map((slug) =>
    planItem('create', { kind: 'team', name: slug, changes: [{ field: 'slug', from: null, to: slug }] }),
  );
}
