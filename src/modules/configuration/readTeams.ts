import { teamKeys } from './fixtureKeys.ts';
import { readName, readSlug } from './fixtureNames.ts';
import { checkKeys, type FixtureReader, isList, isMapping } from './fixtureReader.ts';
import { itemsOf, type Located } from './located.ts';
import { atValue } from './problem.ts';
import { type ProjectDraft, readProjects } from './readProjects.ts';

/** A team as it was found; what is undefined is missing or wrong. */
export interface TeamDraft {
  readonly located: Located;
  readonly name: string | undefined;
  readonly slug: string | undefined;
  readonly projects: readonly ProjectDraft[];
}

/** The section `teams`, with everything that is wrong within one team or project found. */
export function readTeams(reader: FixtureReader, teams: Located | undefined): TeamDraft[] {
  if (!teams) return [];
  if (!isList(teams)) {
    const problem = teams.text === '' ? 'is empty; leave it out or list a team' : 'must be a list of teams';
    reader.findings.push(atValue(teams, `\`teams\` ${problem}: \`- name: …\``));
    return [];
  }
  return itemsOf(teams).map((team) => readTeam(reader, team));
}

function readTeam(reader: FixtureReader, located: Located): TeamDraft {
  if (!isMapping(located)) {
    reader.findings.push(atValue(located, 'must be a mapping: `name`, and `projects`'));
    return { located, name: undefined, slug: undefined, projects: [] };
  }
  checkKeys(reader, located, teamKeys);
  const name = readName(reader, located);
  return {
    located,
    name: name?.text,
    slug: readSlug(reader, located, name),
    projects: readProjects(reader, located.children.get('projects')),
  };
}
