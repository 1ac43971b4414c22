import { readFile, writeFile } from 'node:fs/promises';
import { systemCode } from '../../src/platform/errors.ts';
import type { Bench, Measurement } from './bench.ts';
import { markdownTable } from './table.ts';

const introduction = `# Results

Written by \`npm run bench -- --write\`. Each figure stands beside a floor (what the machine needs for the bare
thing) that was measured in the same run; the ratio is of medians. Where more is better (MB/s), p95 is what 95 %
of the runs reach.
`;

/** Replaces the section of a benchmark, or adds it; the others stay as they are. */
export async function writeResult(
  file: string,
  bench: Pick<Bench, 'name' | 'about'>,
  run: string,
  measurements: readonly Measurement[],
): Promise<void> {
  const sections = sectionsOf(await readIfExists(file));
  const table = markdownTable(measurements);
  sections.set(bench.name, `## ${bench.name}\n\n${bench.about}. ${run}.\n\n${table}\n`);
  await writeFile(file, [introduction, ...sections.values()].join('\n'));
}

function sectionsOf(text: string): Map<string, string> {
  const sections = text.split(/^(?=## )/m).slice(1);
  return new Map(sections.map((section) => [/^## (.*)/.exec(section)?.[1] ?? '', `${section.trimEnd()}\n`]));
}

async function readIfExists(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  }
}
