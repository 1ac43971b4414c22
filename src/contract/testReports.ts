import { z } from 'zod';
import { testStates } from './states.ts';

const Count = z.number().int().nonnegative();

/** How many tests of each state a job reported. */
export const TestCounts = z
  .object({
    passed: Count,
    failed: Count.meta({ description: 'With those that ended in an error.' }),
    skipped: Count,
    seconds: z.number().nonnegative().meta({ description: 'What they took together.' }),
  })
  .meta({ id: 'TestCounts' });
export type TestCounts = z.infer<typeof TestCounts>;

// PostgreSQL takes neither NUL nor halves of surrogate pairs.
const Text = z
  .string()
  .max(8000)
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'has a character that is none');

/** A test as a job found it in a file of results. */
export const ReportedTest = z.strictObject({
  suite: Text,
  name: Text,
  file: Text.nullable(),
  line: z.number().int().positive().max(2_147_483_647).nullable(),
  state: z.enum(testStates),
  message: Text.nullable(),
  seconds: z.number().nonnegative().nullable(),
});
export type ReportedTest = z.infer<typeof ReportedTest>;

/** What a job's files of test results say, masked. */
export const TestReport = z.strictObject({
  counts: TestCounts,
  /** Those that failed first; not all when there are very many. */
  tests: z.array(ReportedTest).max(5000),
  /** What could not be read, and why. */
  problems: z.array(Text).max(100),
});
export type TestReport = z.infer<typeof TestReport>;
