import { referencesOf } from './expand.ts';
import type { Located } from './located.ts';
import { readDocument } from './readDocument.ts';

/**
 * The references in `admin` and `teams` of a file, each once and as it is written (`${NAME}`,
 * `${file:/run/secrets/x}`): what has to be known to parse it. None of a file that cannot be read.
 */
export function referencesIn(source: string | Uint8Array): string[] {
  return typeof source === 'string' && !source.includes('${')
    ? []
    : referencesUnder(readDocument(source).root);
}

/** The same of a file that has been read. */
export function referencesUnder(root: Located | null): string[] {
  const found = new Set<string>();
  for (const section of ['admin', 'teams']) collect(root?.children.get(section), found);
  return [...found];
}

function collect(located: Located | undefined, found: Set<string>): void {
  for (const reference of referencesOf(located?.text ?? '')) found.add(reference);
  for (const child of located?.children.values() ?? []) collect(child, found);
  for (const child of located?.repeated ?? []) collect(child, found);
}
