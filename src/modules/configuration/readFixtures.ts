import { AppError } from '../../platform/errors.ts';
import type { ReferenceValue } from './expand.ts';
import type { FixtureReader } from './fixtureReader.ts';
import type { FilePlace, Fixtures, ProjectFixture, TeamFixture } from './fixtures.ts';
import type { Located } from './located.ts';
import { withOwner } from './owner.ts';
import { atValue, type Finding, inText } from './problem.ts';
import { readAdmin } from './readAdmin.ts';
import type { ProjectDraft } from './readProjects.ts';
import { readTeams, type TeamDraft } from './readTeams.ts';
import { repeatedFixtures } from './uniqueFixtures.ts';
import { parseUrlPrefix } from './urlPrefix.ts';

/** What the sections `admin` and `teams` are judged by. */
export interface FixtureContext {
  /** The address that DSNs must lead to; null when none is set, and then no DSN is right. */
  readonly urlPrefix: string | null;
  /** What a reference such as `${NAME}` or `${file:/run/secrets/x}` stands for, or undefined. */
  readonly value: ReferenceValue;
}

export interface ReadFixtures {
  readonly findings: Finding[];
  readonly warnings: Finding[];
  /** Only of a file in which nothing wrong was found. */
  toFixtures(placeAt: (offset: number) => FilePlace): Fixtures;
}

/** Reads the sections `admin` and `teams`, as far as they can be read, and finds everything that is wrong. */
export function readFixtures(root: Located, context: FixtureContext): ReadFixtures {
  const prefix = context.urlPrefix === null ? null : parseUrlPrefix(context.urlPrefix);
  const reader: FixtureReader = { value: context.value, prefix, findings: [], warnings: [] };
  const located = root.children.get('admin');
  const admin = readAdmin(reader, located);
  const teams = readTeams(reader, root.children.get('teams'));
  const findings = [...reader.findings, ...repeatedFixtures(teams)].map(withOwner);
  return {
    findings: [...findings, ...(prefix === null ? missingPrefix(context, teams) : [])],
    warnings: reader.warnings.map(withOwner),
    toFixtures: (placeAt) => ({
      admin: admin && located ? { ...admin, at: placeAt(located.keyOffset) } : null,
      teams: teams.map((team) => toTeam(team, placeAt)),
    }),
  };
}

/** Said once, at the first DSN: with no address to compare with, none is right. */
function missingPrefix(context: FixtureContext, teams: readonly TeamDraft[]): Finding[] {
  const [first] = teams.flatMap((team) => team.projects);
  if (!first) return [];
  if (context.urlPrefix !== null) {
    return [inText(0, 'url_prefix is no address such as https://errors.example.com')];
  }
  return [
    withOwner(
      atValue(
        first.located,
        'url_prefix is not set, and DSNs must lead there; set SLIPWAY_URL_PREFIX where Slipway runs; `slipway fixtures validate` takes --url-prefix too',
      ),
    ),
  ];
}

function toTeam(draft: TeamDraft, placeAt: (offset: number) => FilePlace): TeamFixture {
  return {
    name: known(draft.name),
    slug: known(draft.slug),
    projects: draft.projects.map((project) => toProject(project, placeAt)),
    at: placeAt(draft.located.keyOffset),
  };
}

function toProject(draft: ProjectDraft, placeAt: (offset: number) => FilePlace): ProjectFixture {
  const { platform, secretKey } = draft;
  return {
    name: known(draft.name),
    slug: known(draft.slug),
    platform,
    publicId: known(draft.publicId),
    publicKey: known(draft.publicKey),
    secretKey,
    at: placeAt(draft.located.keyOffset),
  };
}

/** Of a draft in which nothing wrong was found, all is known. */
function known<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined)
    throw new AppError('internal', 'a mistake in a fixture was not found');
  return value;
}
