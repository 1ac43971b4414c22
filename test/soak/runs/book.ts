import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../src/platform/errors.ts';
import type { RunsWorld } from './world.ts';

/** A line of the book: what a step says of itself. */
export interface RunEntry {
  readonly run: number;
  readonly attempt: number;
  readonly job: string;
  readonly step: number;
  readonly what: 'start' | 'end' | 'fail' | 'overlap' | 'group';
}

/** What all steps have written, in the order in which they did. */
export async function readRunsBook(world: RunsWorld): Promise<RunEntry[]> {
  const text = await readFile(join(world.books, 'book'), 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').filter(Boolean).map(parseEntry);
}

function parseEntry(line: string): RunEntry {
  const [run, attempt, job = '', step, what] = line.split(' ');
  return {
    run: Number(run),
    attempt: Number(attempt),
    job,
    step: Number(step),
    what: what as RunEntry['what'],
  };
}

/** What the book alone proves to be wrong. */
export function findRunFaults(book: readonly RunEntry[]): string[] {
  return book.flatMap(({ run, attempt, job, step, what }) => {
    const where = `run ${run}, attempt ${attempt}, ${job}, step ${step}`;
    if (what === 'overlap') return [`${where} ran while its job was still running elsewhere`];
    return what === 'group' ? [`${where} ran while another of its group did`] : [];
  });
}
