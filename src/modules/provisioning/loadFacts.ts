import type { Queryable } from '../../platform/db/database.ts';
import { listApps } from '../apps/index.ts';
import { findFixtureAdmin, type StoredAdmin } from '../auth/index.ts';
import type { Fixtures } from '../configuration/index.ts';
import {
  type KeyFactsRow,
  selectKeyFacts,
  selectProjectFacts,
  selectRevokedKeys,
} from '../projects/index.ts';
import { selectRepositories } from '../repositories/index.ts';
import { selectTeamFacts, selectTeamsOfUser } from '../teams/index.ts';
import { invalidFile, type ParsedFile, type Provisioning } from './configurationFile.ts';
import type { AdminFacts, DirectoryFacts } from './facts.ts';
import type { DeclaredFacts } from './planApps.ts';

export interface Facts {
  readonly directory: DirectoryFacts;
  readonly declared: DeclaredFacts;
  readonly admin: (StoredAdmin & AdminFacts) | null;
}

/** All that a plan for this file depends on. Throws `invalid_input` when the admin's name is somebody else's. */
export async function loadFacts(db: Queryable, context: Provisioning, parsed: ParsedFile): Promise<Facts> {
  return {
    directory: await loadDirectory(db, parsed),
    declared: await loadDeclared(db),
    admin: await loadAdmin(db, context, parsed.fixtures, parsed.file.name),
  };
}

async function loadDirectory(
  db: Queryable,
  { configuration, fixtures, file }: ParsedFile,
): Promise<DirectoryFacts> {
  const teams = await selectTeamFacts(db);
  const declaredFor = new Set(configuration.apps.map((app) => app.team));
  // A file without teams needs no projects, unless it prunes: those of thousands take a while to read.
  const projects = fixtures.teams.length > 0 || file.prune ? await selectProjectFacts(db) : [];
  const keys = projects.length === 0 ? [] : await selectKeyFacts(db);
  return {
    teams: teams.map((team) => ({ ...team, apps: team.apps + (declaredFor.has(team.slug) ? 1 : 0) })),
    projects: projects.map((row) => ({
      id: row.id,
      publicId: BigInt(row.public_id),
      name: row.name,
      slug: row.slug,
      teamId: row.team_id,
      platform: row.platform,
      fixture: row.fixture,
    })),
    keys: keys.map((row) => ({
      id: row.id,
      projectId: row.project_id,
      publicKey: row.public_key,
      sealedSecret: row.sealed_secret,
      state: row.state,
    })),
    revokedKeys: await loadRevokedKeys(db, fixtures, keys),
  };
}

async function loadRevokedKeys(
  db: Queryable,
  fixtures: Fixtures,
  keys: readonly KeyFactsRow[],
): Promise<Set<string>> {
  const revoked = keys.filter((key) => key.state === 'revoked').map((key) => key.public_key);
  const named = fixtures.teams.flatMap((team) => team.projects.map((project) => project.publicKey));
  return new Set([...revoked, ...(named.length === 0 ? [] : await selectRevokedKeys(db, named))]);
}

async function loadDeclared(db: Queryable): Promise<DeclaredFacts> {
  const [repositories, apps] = [await selectRepositories(db), await listApps(db)];
  return {
    repositories: new Map(repositories.map((row) => [row.name, row.config])),
    apps: new Map(apps.map((app) => [app.name, app.config])),
  };
}

async function loadAdmin(
  db: Queryable,
  context: Provisioning,
  { admin }: Fixtures,
  file: string,
): Promise<Facts['admin']> {
  if (admin === null) return null;
  const { stored, usernameTaken } = await findFixtureAdmin(db, context.passwords, admin);
  if (usernameTaken) {
    const message = `the user name ${admin.username} belongs to somebody with another e-mail than ${admin.email}; correct one of the two`;
    throw invalidFile([{ file, ...admin.at, path: 'admin.username', message }]);
  }
  return stored === null ? null : { ...stored, teams: new Set(await selectTeamsOfUser(db, stored.id)) };
}
