import { findRunFaults, type RunEntry } from './book.ts';
import type { JobFact, RunFact, RunsFacts } from './facts.ts';
import { workflowNames } from './world.ts';

/** All that is not true of what Slipway says, compared with what happened, in words; for when nothing moves. */
export function auditRuns(
  { runs, jobs, triggers, groups }: RunsFacts,
  book: readonly RunEntry[],
  branches: ReadonlyMap<string, string>,
): string[] {
  const known = new Set(jobs.map((job) => entryKey(job.run, job.attempt, job.name)));
  return [
    ...findRunFaults(book),
    ...triggers.map((trigger) => `a trigger was not planned: ${trigger}`),
    ...groups.map((group) => `a concurrency group is left: ${group}`),
    ...findUnstarted(runs, branches),
    ...findGaps(runs),
    ...runs.filter(({ state }) => state !== 'completed').map(({ id, state }) => `run ${id} is ${state}`),
    ...runs.flatMap((run) => findLostJobs(run, jobs)),
    ...book
      .filter(({ run, attempt, job }) => !known.has(entryKey(run, attempt, job)))
      .map(({ run, attempt, job }) => `run ${run}, attempt ${attempt}: ${job} ran, unknown`),
    ...jobs.flatMap((job) => auditJob(job, book)),
  ];
}

const entryKey = (run: number, attempt: number, job: string): string => `${run} ${attempt} ${job}`;

/** The last commit of each branch has a run of each workflow. */
function findUnstarted(runs: readonly RunFact[], branches: ReadonlyMap<string, string>): string[] {
  return [...branches].flatMap(([branch, sha]) =>
    workflowNames
      .filter(
        (name) =>
          !runs.some(
            (run) => run.sha === sha && run.ref === `refs/heads/${branch}` && run.file.includes(name),
          ),
      )
      .map((name) => `${branch} at ${sha} has no run of ${name}`),
  );
}

function findGaps(runs: readonly RunFact[]): string[] {
  return [...Map.groupBy(runs, ({ file }) => file)].flatMap(([file, own]) => {
    const numbers = own.map(({ number }) => number).sort((a, b) => a - b);
    return numbers.every((number, index) => number === index + 1) ? [] : [`${file}: ${numbers.join(' ')}`];
  });
}

const jobsOf: Record<(typeof workflowNames)[number], number> = {
  matrix: 5,
  newest: 1,
  queue: 2,
  repeated: 1,
};

/** One that was cancelled early lists what would have been the jobs of a matrix as one, or has none at all. */
function findLostJobs(run: RunFact, jobs: readonly JobFact[]): string[] {
  const name = workflowNames.find((one) => run.file.includes(`${one}.yml`));
  const own = jobs.filter((job) => job.run === run.id && job.attempt === run.attempt);
  const wanted = name === undefined ? 0 : jobsOf[name];
  const isWhole =
    own.length === wanted ||
    (name === 'matrix' && own.length === 3) ||
    (own.length === 0 && run.conclusion === 'cancelled');
  return isWhole ? [] : [`run ${run.id} (${run.file}) has ${own.length} jobs of ${wanted}`];
}

/** Compares what Slipway says of a job with what its steps wrote. */
function auditJob(job: JobFact, all: readonly RunEntry[]): string[] {
  const { state, conclusion, reason, steps, carried } = job;
  const where = `job ${job.id} (${job.workflow} ${job.name}, run ${job.run}.${job.attempt}, ${conclusion ?? state})`;
  if (carried) return state === 'completed' && conclusion === 'success' ? [] : [`${where} was carried`];
  const book = all.filter(
    (entry) => entry.run === job.run && entry.attempt === job.attempt && entry.job === job.name,
  );
  const count = (step: number, what: RunEntry['what']) =>
    book.filter((entry) => entry.step === step && entry.what === what).length;
  const failed = book.some(({ what }) => what === 'fail');
  const starts = Math.max(...[1, 2, 3].map((step) => count(step, 'start')));
  const claims: [boolean, string][] = [
    [state !== 'completed', 'it is stuck'],
    [job.check !== conclusion, `its check says ${job.check}`],
    [conclusion === 'success' && ![1, 2, 3].every((step) => count(step, 'end') > 0), 'not all steps ended'],
    [conclusion === 'success' && failed && job.repeats === 0, 'a step failed'],
    [conclusion === 'skipped' && book.length > 0, 'it ran'],
    [conclusion === 'failure' && !failed && !isExplained(reason), `nothing failed: ${reason}`],
    [conclusion === 'cancelled' && !reason, 'it does not say why'],
    [starts > 1 + job.repeats, `a step began ${starts} times, and ${job.repeats} repetitions were told`],
    [job.losses !== job.repeats, `lost ${job.losses} times, and ${job.repeats} repetitions were told`],
    [Object.values(steps).includes(null), 'a step is running after the end'],
  ];
  for (const [step, how] of Object.entries(steps)) {
    if (how === 'success' && count(Number(step), 'end') === 0)
      claims.push([true, `step ${step} did not end well`]);
    if (how === 'skipped' && count(Number(step), 'start') > 0) claims.push([true, `step ${step} ran`]);
  }
  return claims.filter(([isWrong]) => isWrong).map(([, claim]) => `${where}: ${claim}`);
}

/** The runner vanished, or Slipway was told to end. */
const isExplained = (reason: string | null): boolean =>
  reason !== null && /vanished|Slipway is|was stopped|is ending|SIGTERM/.test(reason);
