import type { TestResult } from '../../../contract/runTests.ts';
import type { TestCounts } from '../../../contract/testReports.ts';
import type { Queryable } from '../../../platform/db/database.ts';
import type { JobRow, RunRow } from '../runs.ts';
import { type EarlierRuns, earlierRunsOf, presentSince } from './earlierRuns.ts';
import { failingSince, slowAgainst } from './history.ts';
import { selectFlaky, selectTestEnds, selectTests, type TestEnd, type TestRow } from './testStore.ts';

/** As many as are kept of one job: enough to put the telling ones first. */
const mostRead = 20_000;
/** Of so many tests it is asked how they fared before: those that failed, and the slowest. */
const mostCompared = 1000;
/** Nobody minds what takes less. */
const worthComparing = 1;
const medianOf = 20;

export interface TestsOfRun {
  readonly counts: TestCounts | null;
  readonly problems: string[];
  readonly items: TestResult[];
}

/** Tests of jobs of a run: those that failed first, then flaky ones, then slow ones, then by what they took. */
export async function listTests(
  db: Queryable,
  run: RunRow,
  jobs: readonly JobRow[],
  state: TestRow['state'] | undefined,
): Promise<TestsOfRun> {
  const reporting = jobs.filter(({ tests }) => tests !== null);
  const counts = countTests(reporting);
  if (counts === null) return { counts: null, problems: [], items: [] };
  // A result that was carried from an earlier attempt has its tests there.
  const jobOf = new Map(reporting.map((job) => [job.carried_from ?? job.id, job]));
  const rows = await selectTests(db, [...jobOf.keys()], mostRead);
  const compared = rows.filter((row) => hasFailed(row) || (row.seconds ?? 0) > worthComparing);
  const asked = compared.slice(0, mostCompared).flatMap((row) => {
    const job = jobOf.get(row.job_id)?.key;
    return job === undefined ? [] : [{ job, key: row.key }];
  });
  const [flaky, earlier] = await Promise.all([selectFlaky(db, run), earlierRunsOf(db, run)]);
  const ends = await selectTestEnds(
    db,
    earlier.runs.map(({ id }) => id),
    asked,
  );
  const endsOf = Map.groupBy(ends, ({ job, key }) => `${job} ${key}`);
  const items = rows.flatMap((row) => {
    const job = jobOf.get(row.job_id);
    if (job === undefined || (state !== undefined && row.state !== state)) return [];
    const id = `${job.key} ${row.key}`;
    return [presentTest(run, job, row, { flaky: flaky.has(id), earlier, ends: endsOf.get(id) ?? [] })];
  });
  const problems = reporting.flatMap(({ name, tests }) =>
    (tests?.problems ?? []).map((problem) => `${name}: ${problem}`),
  );
  return { counts, problems, items: items.sort((one, other) => urgency(one) - urgency(other)) };
}

/** How many tests there were in jobs; null when none reported any. */
export function countTests(jobs: readonly Pick<JobRow, 'tests'>[]): TestCounts | null {
  const all = jobs.flatMap(({ tests }) => tests ?? []);
  if (all.length === 0) return null;
  const sum = (of: (counts: TestCounts) => number) => all.reduce((total, counts) => total + of(counts), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
    seconds: sum(({ seconds }) => seconds),
  };
}

const hasFailed = ({ state }: Pick<TestRow, 'state'>): boolean => state === 'failed' || state === 'error';

/** The rows come slowest first, and stay so among equals. */
const urgency = ({ state, flaky, usual_seconds }: TestResult): number =>
  hasFailed({ state }) ? 0 : flaky ? 1 : usual_seconds !== null ? 2 : 3;

function presentTest(
  run: RunRow,
  job: JobRow,
  row: TestRow,
  known: { flaky: boolean; earlier: EarlierRuns; ends: readonly TestEnd[] },
): TestResult {
  const { suite, name, file, line, state, message, seconds } = row;
  const { branch, runs } = known.earlier;
  const before = known.ends
    .toSorted((one, other) => other.run_id - one.run_id)
    .flatMap((end) => (end.failed || end.seconds === null ? [] : [end.seconds]));
  return {
    ...{ suite, name, file, line, state, message },
    job_id: job.id,
    job: job.name,
    duration_seconds: seconds,
    flaky: known.flaky,
    usual_seconds: slowAgainst(seconds, before.slice(0, medianOf)),
    failing_since: hasFailed(row) ? presentSince(run, branch, failingSince(runs, known.ends)) : null,
  };
}
