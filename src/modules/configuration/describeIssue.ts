import type { z } from 'zod';
import { providers } from '../../contract/configuration.ts';
import { suggestion } from '../../platform/text/nearest.ts';
import { knownKeysAt } from './fileSchema.ts';
import { childAt, type Located, pathOf } from './located.ts';
import { hasMisspelt } from './misspelt.ts';
import { atKey, atValue, type Finding, pathText } from './problem.ts';
import { quotedKey } from './shown.ts';

/** What the schema found, in words and in its place. */
export function describeIssue(root: Located, issue: z.core.$ZodIssue): Finding[] {
  const located = childAt(root, ...issue.path);
  if (!located) return missing(root, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) => unknownKey(located, issue.path, key));
    case 'invalid_value':
      return [atValue(located, unknownValue(located))];
    case 'custom': {
      const found = issue.params?.key === true ? atKey : atValue;
      return [found(located, `${subject(located)} ${issue.message}`)];
    }
    default:
      return [atValue(located, `${subject(located)} ${issue.message}${foundInstead(located, issue)}`)];
  }
}

/** Not said when a key that is nearly the missing one has been found unknown. */
function missing(root: Located, path: readonly PropertyKey[]): Finding[] {
  const parent = childAt(root, ...path.slice(0, -1));
  const key = String(path.at(-1));
  if (!parent || hasMisspelt(parent, key)) return [];
  const finding = atKey(parent, `${subject(parent)} lacks \`${key}\``);
  return [{ ...finding, path: pathText([...pathOf(parent), key]) }];
}

function unknownKey(parent: Located, path: readonly PropertyKey[], key: string): Finding[] {
  const child = parent.children.get(key);
  return child ? [atKey(child, `unknown key ${quotedKey(key)}${suggestion(key, knownKeysAt(path))}`)] : [];
}

function unknownValue(located: Located): string {
  const word = typeof located.value === 'string' ? located.value : '';
  return `unknown \`${located.place}\` \`${word}\`${suggestion(word, providers)}`;
}

/** The key that a message is about; of a list's item, the list and the number. */
function subject(located: Located): string {
  if (located.place === null) return 'the file';
  if (typeof located.place === 'string') return quotedKey(located.place);
  return `\`${located.parent?.place ?? ''}[${located.place}]\``;
}

/** The kind of what was found; never its value, which may be a secret. */
function foundInstead(located: Located, issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_union') return '';
  if (located.value === null) return ', but it is empty';
  if (Array.isArray(located.value)) return ', not a list';
  return typeof located.value === 'object'
    ? ', not a mapping'
    : `, not a ${kinds[typeof located.value] ?? 'value'}`;
}

const kinds: Record<string, string> = { string: 'text', number: 'number', boolean: 'true or false' };
