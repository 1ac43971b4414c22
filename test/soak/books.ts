import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../src/platform/errors.ts';
import type { Place, World } from './world.ts';

/** A line of a book: what a step says of itself. */
export interface Entry {
  readonly number: number;
  readonly step: number;
  readonly sha: string;
  readonly what: 'start' | 'end' | 'fail' | 'overlap' | 'wrong-checkout';
}

/** What the steps of an environment have written, in the order in which they did. */
export async function readBook(world: World, place: Place): Promise<Entry[]> {
  const text = await readFile(join(world.books, `${place.app}.${place.environment}`), 'utf8').catch(
    noneIfMissing,
  );
  return text.split('\n').filter(Boolean).map(parseEntry);
}

function parseEntry(line: string): Entry {
  const [number, step, sha = '', what] = line.split(' ');
  return { number: Number(number), step: Number(step), sha, what: what as Entry['what'] };
}

function noneIfMissing(error: unknown): string {
  if (systemCode(error) === 'ENOENT') return '';
  throw error;
}

/** What a book alone proves to be wrong. */
export function findFaults(place: Place, book: readonly Entry[]): string[] {
  const where = `${place.app}/${place.environment}`;
  const faults: string[] = [];
  const seen = new Set<string>();
  let current = 0;
  const finished = new Set<number>();
  for (const entry of book) {
    const key = `${entry.number} ${entry.step} ${entry.what}`;
    if (entry.what === 'overlap')
      faults.push(`${where}#${entry.number} step ${entry.step} did not run alone`);
    if (entry.what === 'wrong-checkout') faults.push(`${where}#${entry.number} ran in the wrong checkout`);
    if (seen.has(key)) faults.push(`${where}: "${key}" happened twice`);
    seen.add(key);
    if (entry.number === current) continue;
    if (finished.has(entry.number)) faults.push(`${where}#${entry.number} went on after another had begun`);
    finished.add(current);
    current = entry.number;
  }
  return faults;
}
