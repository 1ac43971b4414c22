import { nearest, suggestion } from '../../platform/text/nearest.ts';
import { type Expanded, expand, type ReferenceValue } from './expand.ts';
import { entriesOf, type Located } from './located.ts';
import { hasMisspelt } from './misspelt.ts';
import { atKey, atValue, type Finding } from './problem.ts';
import { quotedKey } from './shown.ts';
import type { UrlPrefix } from './urlPrefix.ts';

/** What reading the sections `admin` and `teams` works with, and what it finds. */
export interface FixtureReader {
  readonly value: ReferenceValue;
  readonly prefix: UrlPrefix | null;
  readonly findings: Finding[];
  readonly warnings: Finding[];
}

export const isMapping = (located: Located): boolean =>
  located.text === null && !Array.isArray(located.value);

export const isList = (located: Located): boolean => located.text === null && Array.isArray(located.value);

/** The text under a key with its references resolved; undefined when it is missing, empty or found wrong. */
export function readText(reader: FixtureReader, parent: Located, key: string): Expanded | undefined {
  const located = parent.children.get(key);
  return located && textAt(reader, located, `\`${key}\``);
}

/** The same for a key that must be there; what is missing is found. */
export function readRequired(reader: FixtureReader, parent: Located, key: string): Expanded | undefined {
  const located = parent.children.get(key);
  if (located?.text === '') reader.findings.push(atKey(located, `\`${key}\` is empty`));
  else if (!located && !hasMisspelt(parent, key)) reader.findings.push(atKey(parent, `lacks \`${key}\``));
  return located && textAt(reader, located, `\`${key}\``);
}

/** The text of a value with its references resolved; undefined when it is empty or found wrong. */
export function textAt(reader: FixtureReader, located: Located, what: string): Expanded | undefined {
  if (located.text === null) {
    const found = Array.isArray(located.value) ? 'a list' : 'a mapping';
    reader.findings.push(atValue(located, `${what} must be a text, not ${found}`));
    return undefined;
  }
  if (located.text === '') return undefined;
  const expanded = expand(located.text, reader.value);
  if ('problems' in expanded) {
    for (const problem of expanded.problems) reader.findings.push(atValue(located, `${what} ${problem}`));
    return undefined;
  }
  if (expanded.text !== '') return expanded;
  reader.findings.push(atValue(located, `${what} is empty: what it refers to has no text`));
  return undefined;
}

/**
 * Finds the keys that may not stand in a mapping. One that is near no known key and has no value may be a value in
 * the wrong place, such as a password: it is not repeated.
 */
export function checkKeys(reader: FixtureReader, mapping: Located, known: readonly string[]): void {
  for (const [key, child] of entriesOf(mapping)) {
    if (known.includes(key)) continue;
    const advice = suggestion(key, known);
    if (child.text !== '' || nearest(key, known) !== null) {
      reader.findings.push(atKey(child, `unknown key ${quotedKey(key)}${advice}`));
    } else {
      reader.findings.push({ ...atKey(mapping, `unknown key${advice}`), offset: child.keyOffset });
    }
  }
}
