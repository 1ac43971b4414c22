import { z } from 'zod';
import { Sha, Timestamp } from './common.ts';
import { endpoint } from './endpoint.ts';
import { testStates } from './states.ts';
import { ReportedTest, TestCounts } from './testReports.ts';

/** Since when something fails on the default branch, too. */
export const FailingSince = z
  .object({
    branch: z.string(),
    run_id: z.number().int(),
    run: z.string().meta({ example: 'harbor/test#9' }),
    sha: Sha,
    title: z.string(),
    at: Timestamp,
  })
  .meta({
    id: 'FailingSince',
    description: 'The first run of the default branch since which it fails there.',
  });
export type FailingSince = z.infer<typeof FailingSince>;

export const TestResult = z
  .object({
    ...ReportedTest.omit({ seconds: true }).shape,
    job_id: z.number().int(),
    job: z.string(),
    duration_seconds: z.number().nullable(),
    flaky: z.boolean().meta({ description: 'At this commit it both passed and failed, in the same job.' }),
    usual_seconds: z
      .number()
      .nullable()
      .meta({ description: 'What it usually takes on the default branch, when it took far longer here.' }),
    failing_since: FailingSince.nullable(),
  })
  .meta({ id: 'TestResult' });
export type TestResult = z.infer<typeof TestResult>;

export const runTests = {
  listTests: endpoint({
    method: 'GET',
    path: '/runs/{run}/tests',
    tag: 'Runs',
    summary: 'Test results of a run: failed ones first, then flaky ones, then slow ones',
    description:
      'Of JUnit files that its jobs left. Of very many tests of a job, not all are kept; the failed ones are.',
    access: { role: 'viewer', scope: 'read' },
    params: z.object({ run: z.coerce.number().int().positive() }),
    query: z.object({
      attempt: z.coerce.number().int().positive().optional(),
      job: z.coerce.number().int().positive().optional(),
      state: z.enum(testStates).optional(),
      limit: z.coerce.number().int().min(1).max(5000).default(500),
    }),
    response: z.object({
      counts: TestCounts.nullable().meta({ description: 'Of all that were reported; null: none were.' }),
      problems: z.array(z.string()).meta({ description: 'Files that could not be read, and why.' }),
      items: z.array(TestResult),
      more: z.boolean(),
    }),
  }),
};
