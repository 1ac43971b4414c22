import { displayNameProblem } from '../../contract/common.ts';
import type { Expanded } from './expand.ts';
import { type FixtureReader, readRequired, readText } from './fixtureReader.ts';
import type { Located } from './located.ts';
import { atKey, atValue } from './problem.ts';
import { slugOf } from './slug.ts';
import { nameProblem } from './texts.ts';

/** The `name` of a team or a project of a list; undefined when it is missing or found wrong. */
export function readName(reader: FixtureReader, item: Located): Expanded | undefined {
  const name = readRequired(reader, item, 'name');
  const problem = name && displayNameProblem(name.text);
  if (!problem) return name;
  reader.findings.push(atValue(item.children.get('name') ?? item, `\`name\` ${problem}`));
  return undefined;
}

/** The `slug` of a team or a project: the one that is set, or the name's; undefined when there is none. */
export function readSlug(
  reader: FixtureReader,
  item: Located,
  name: Expanded | undefined,
): string | undefined {
  const located = item.children.get('slug');
  const set = readText(reader, item, 'slug');
  if (set && located) {
    const problem = nameProblem(set.text);
    if (problem === null) return set.text;
    reader.findings.push(atValue(located, `\`slug\` ${problem}`));
    return undefined;
  }
  if (!name || (located && located.text !== '')) return undefined;
  const slug = slugOf(name.text);
  if (slug !== '') return slug;
  reader.findings.push(
    atKey(item, 'its name has no letter a to z and no digit to make a slug of; set one: `slug: …`'),
  );
  return undefined;
}
