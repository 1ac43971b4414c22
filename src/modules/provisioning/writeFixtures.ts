import { saveFixtureAdmin } from '../auth/index.ts';
import {
  advancePublicIds,
  deleteProjects,
  insertKeys,
  insertProjects,
  sealKeySecret,
  updateKeys,
  updateProjects,
} from '../projects/index.ts';
import { type DirectoryLock, deleteTeams, insertTeams, joinTeams, updateTeams } from '../teams/index.ts';
import type { ParsedFile, Provisioning } from './configurationFile.ts';
import type { KeyDraft, ProjectDraft, TeamDraft } from './drafts.ts';
import { type FullPlan, storedSecret } from './planConfiguration.ts';

/**
 * Carries out the part of a plan that concerns admin, teams, projects and keys, in about a dozen statements whatever
 * their number. What goes makes room for what changes, and that for what is new.
 */
export async function writeFixtures(
  lock: DirectoryLock,
  context: Provisioning,
  now: Date,
  parsed: ParsedFile,
  { fixtures: plan, facts }: FullPlan,
): Promise<void> {
  const { fixture, fixtures } = parsed;
  await deleteProjects(
    lock,
    stored(plan.deletedProjects).map((project) => project.stored.id),
  );
  await updateTeams(
    lock,
    stored(plan.teams).map((team) => ({ ...team, id: team.stored.id })),
  );
  const created = await insertTeams(lock, now, fixture, plan.teams.filter(isNew));
  const teamId = (team: TeamDraft) => idOf(team.stored?.id ?? created.get(team.slug), `team ${team.slug}`);
  await writeProjects(lock, context, now, fixture, plan.projects, teamId);
  await deleteTeams(
    lock,
    stored(plan.deletedTeams).map((team) => team.stored.id),
  );
  if (fixtures.admin === null) return;
  const userId = await saveFixtureAdmin(lock.tx, context.passwords, now, fixtures.admin, facts.admin);
  await joinTeams(lock, userId, plan.joined.map(teamId));
}

async function writeProjects(
  lock: DirectoryLock,
  context: Provisioning,
  now: Date,
  fixture: string,
  projects: readonly ProjectDraft[],
  teamId: (team: TeamDraft) => number,
): Promise<void> {
  if (projects.length === 0) return;
  const rows = projects.map((project) => ({ ...project, teamId: teamId(project.team) }));
  await updateProjects(
    lock,
    stored(rows).map((project) => ({ ...project, id: project.stored.id })),
  );
  const created = await insertProjects(lock, now, fixture, rows.filter(isNew));
  await advancePublicIds(lock);
  const keys = projects.flatMap((project) => project.keys.map((key) => ({ project, key })));
  await updateKeys(
    lock,
    keys.flatMap(({ key }) => changedKey(context, key)),
  );
  await insertKeys(
    lock,
    now,
    keys
      .filter(({ key }) => isNew(key))
      .map(({ project, key }) => ({
        projectId: idOf(project.stored?.id ?? created.get(project.publicId), `project ${project.name}`),
        publicKey: key.publicKey,
        sealedSecret: key.secret && sealKeySecret(context.box, key.publicKey, key.secret),
      })),
  );
}

/** A secret is sealed for its public key: when that changes, the secret that stays is sealed anew. */
function changedKey(context: Provisioning, key: KeyDraft) {
  const former = key.stored;
  if (former === null) return [];
  const moved = former.publicKey !== key.publicKey;
  if (!moved && key.secret === undefined) return [];
  const secret = key.secret ?? storedSecret(context, former);
  const sealedSecret = secret === null ? undefined : sealKeySecret(context.box, key.publicKey, secret);
  return [{ id: former.id, publicKey: key.publicKey, sealedSecret, state: key.state }];
}

interface Draft<Row> {
  readonly stored: Row | null;
}
type Stored<D> = D extends Draft<infer Row> ? D & { readonly stored: NonNullable<Row> } : never;

const isNew = <D extends Draft<unknown>>(draft: D): boolean => draft.stored === null;
const stored = <D extends Draft<{ id: number }>>(drafts: readonly D[]): Stored<D>[] =>
  drafts.filter((draft): draft is D & Stored<D> => draft.stored !== null);

function idOf(id: number | undefined, what: string): number {
  if (id === undefined) throw new Error(`${what} was not created`);
  return id;
}
