import type { Finding } from '../../language/index.ts';
import { shownValue } from '../matrix/selectCombinations.ts';
import type { Combination } from '../plan.ts';
import { inOrderOfNeeds } from '../schedule/jobOrder.ts';
import type { Planning } from './filePlan.ts';

/**
 * The options that leave out those of a matrix that cannot run here, and keep some that can: of the key that tells
 * them apart best. Null when no key does.
 */
export function leaveOutOfMatrix(fit: readonly Combination[], unfit: readonly Combination[]): string | null {
  const keys = [...new Set(fit.flatMap(({ values }) => Object.keys(values)))];
  const choices = keys
    .filter((key) => unfit.every(({ values }) => key in values))
    .map((key) => {
      const bad = new Set(unfit.map((one) => valueIn(one, key)));
      const kept = fit.filter((one) => key in one.values && !bad.has(valueIn(one, key)));
      const pairs = [...new Set(kept.map((one) => `${key}:${valueIn(one, key)}`))];
      return { kept: kept.length, isPlain: pairs.every(isPlain), pairs };
    })
    .filter(({ kept }) => kept > 0)
    .toSorted((a, b) => b.kept - a.kept || Number(b.isPlain) - Number(a.isPlain));
  return choices[0]?.pairs.map((pair) => `--matrix ${quoted(pair)}`).join(' ') ?? null;
}

/** The findings, each that says what cannot run here with a way to leave that out, if there is one. */
export function withWays({ findings, ways, refused }: Planning, jobs: readonly WantedJob[]): Finding[] {
  if (!findings.every(({ rule }) => cannotRunHere.includes(rule))) return findings;
  const otherJobs = leaveOutJobs(refused, jobs);
  return findings.map((finding) => {
    const way = ways.get(finding) ?? otherJobs;
    return way === null ? finding : { ...finding, message: `${finding.message}; leave it out by ${way}` };
  });
}

const cannotRunHere = ['runner', 'container', 'docker-action', 'unsupported'];

export interface WantedJob {
  readonly id: string;
  readonly needs: readonly string[];
}

/** The options that name all jobs but these and those that need them. */
function leaveOutJobs(refused: ReadonlySet<string>, jobs: readonly WantedJob[]): string | null {
  const out = new Set(refused);
  for (const { id, needs } of inOrderOfNeeds(jobs)) if (needs.some((need) => out.has(need))) out.add(id);
  const left = jobs.filter(({ id }) => !out.has(id));
  if (left.length === 0) return null;
  const shown = left.slice(0, mostShown).map(({ id }) => `--job ${id}`);
  return shown.join(' ') + (left.length > mostShown ? ' …' : '');
}

const mostShown = 5;

const valueIn = ({ values }: Combination, key: string): string => shownValue(values[key] ?? null);

const isPlain = (word: string): boolean => /^[\w.:@%+,/-]+$/.test(word);

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return isPlain(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
