import { displayNameProblem } from '../../contract/common.ts';
import { platformPattern } from '../../contract/projects.ts';
import { type Dsn, noDsn, readDsn } from './dsn.ts';
import type { Expanded } from './expand.ts';
import { projectKeys } from './fixtureKeys.ts';
import { readName, readSlug } from './fixtureNames.ts';
import { checkKeys, type FixtureReader, isMapping, readRequired, readText, textAt } from './fixtureReader.ts';
import { entriesOf, itemsOf, type Located } from './located.ts';
import { atKey, atValue } from './problem.ts';

/** A project as it was found; what is undefined or null is missing or wrong. */
export interface ProjectDraft extends Dsn {
  readonly located: Located;
  readonly name: string | undefined;
  readonly slug: string | undefined;
  readonly platform: string | null;
}

const listForm = '`- { name: …, dsn: … }`';

/** The `projects` of a team in either form: a mapping of names to DSNs, or a list. */
export function readProjects(reader: FixtureReader, projects: Located | undefined): ProjectDraft[] {
  if (!projects || projects.text === '') return [];
  if (Array.isArray(projects.value)) return itemsOf(projects).map((item) => readListed(reader, item));
  if (isMapping(projects)) {
    const entries = [...entriesOf(projects).map(([, project]) => project), ...projects.repeated];
    return entries.map((project) => readMapped(reader, project));
  }
  const message = `\`projects\` must be a mapping (\`name: DSN\`) or a list (${listForm})`;
  reader.findings.push(atValue(projects, message));
  return [];
}

/** `checkout: https://…`, where all parts of the DSN are mandatory. */
function readMapped(reader: FixtureReader, located: Located): ProjectDraft {
  const name = String(located.place);
  const problem = name.includes('${')
    ? `has a reference in it, which is possible in values only; use the form ${listForm}`
    : displayNameProblem(name);
  if (problem !== null) reader.findings.push(atKey(located, `its name ${problem}`));
  const usable = problem === null ? { text: name, pieces: [] } : undefined;
  const slug = readSlug(reader, located, usable);
  return {
    located,
    name: usable?.text,
    slug,
    platform: null,
    ...readParts(reader, located, mappedDsn(reader, located), 'required'),
  };
}

function mappedDsn(reader: FixtureReader, located: Located): Expanded | undefined {
  if (located.text === '') reader.findings.push(atKey(located, 'its DSN is missing'));
  if (!isMapping(located)) return textAt(reader, located, 'its DSN');
  reader.findings.push(atValue(located, `must be a DSN; to say more of a project use the form ${listForm}`));
  return undefined;
}

/** `- { name: checkout, dsn: https://… }`, where the secret may be left out. */
function readListed(reader: FixtureReader, located: Located): ProjectDraft {
  if (!isMapping(located)) {
    reader.findings.push(atValue(located, `must be a mapping: ${listForm}`));
    return { located, name: undefined, slug: undefined, platform: null, ...noDsn };
  }
  checkKeys(reader, located, projectKeys);
  const name = readName(reader, located);
  return {
    located,
    name: name?.text,
    slug: readSlug(reader, located, name),
    platform: readPlatform(reader, located),
    ...readParts(reader, located.children.get('dsn'), readRequired(reader, located, 'dsn'), 'optional'),
  };
}

function readPlatform(reader: FixtureReader, project: Located): string | null {
  const platform = readText(reader, project, 'platform');
  if (!platform || platformPattern.test(platform.text)) return platform?.text ?? null;
  const message = '`platform` must be up to 64 letters, digits, `.`, `_` and `-`';
  reader.findings.push(atValue(project.children.get('platform') ?? project, message));
  return null;
}

function readParts(
  reader: FixtureReader,
  located: Located | undefined,
  value: Expanded | undefined,
  secret: 'required' | 'optional',
): Dsn {
  if (!located || !value) return noDsn;
  const { dsn, problems } = readDsn(value, reader.prefix, secret);
  for (const problem of problems) reader.findings.push(atValue(located, problem));
  return dsn;
}
