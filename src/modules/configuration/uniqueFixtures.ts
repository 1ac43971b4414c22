import type { Located } from './located.ts';
import { ownerOf } from './owner.ts';
import { atKey, type Finding } from './problem.ts';
import type { ProjectDraft } from './readProjects.ts';
import type { TeamDraft } from './readTeams.ts';

/** What may stand in a file only once. Each finding names both places; keys are never repeated. */
export function repeatedFixtures(teams: readonly TeamDraft[]): Finding[] {
  const projects = teams.flatMap((team) => team.projects);
  return [
    ...repeatedNames(teams),
    ...repeatedProjectNames(projects),
    ...repeats(
      projects,
      (project) => project.publicId,
      (project) => `project_id ${project.writtenId}`,
    ),
    ...repeats(
      projects,
      (project) => project.publicKey,
      () => 'its public key',
    ),
  ];
}

/** What stands twice under the same key of one mapping has been found already. */
function repeatedProjectNames(projects: readonly ProjectDraft[]): Finding[] {
  const lists = new Set(projects.map(({ located }) => located.parent));
  const found = new Set([...lists].flatMap((list) => list?.repeated ?? []));
  return repeatedNames(projects).filter(({ subject }) => subject === null || !found.has(subject));
}

/** The same name gives the same slug: one mistake. */
function repeatedNames(drafts: readonly NamedDraft[]): Finding[] {
  const names = repeats(
    drafts,
    ({ name }) => name,
    () => 'its name',
  );
  const known = new Set(names.map(({ subject }) => subject));
  const slugs = repeats(drafts, ({ slug }) => slug, slugWords);
  return [...names, ...slugs.filter(({ subject }) => !known.has(subject))];
}

type NamedDraft = Pick<ProjectDraft, 'located' | 'name' | 'slug'>;

/** Not repeated when it comes from a reference. */
function slugWords({ located, slug }: NamedDraft): string {
  const written = ['name', 'slug'].map((key) => located.children.get(key)?.text ?? '');
  return written.some((text) => text.includes('${')) ? 'its slug' : `its slug \`${slug}\``;
}

function repeats<Draft extends { readonly located: Located }>(
  drafts: readonly Draft[],
  keyOf: (draft: Draft) => string | bigint | null | undefined,
  words: (draft: Draft) => string,
): Finding[] {
  const first = new Map<string | bigint, Located>();
  return drafts.flatMap((draft) => {
    const value = keyOf(draft);
    if (value === null || value === undefined) return [];
    const other = first.get(value);
    if (other) {
      return [atKey(draft.located, `${words(draft)} is already used by ${ownerOf(other)}`, other)];
    }
    first.set(value, draft.located);
    return [];
  });
}
