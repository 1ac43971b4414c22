import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { relative } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { ReportedTest, TestCounts, TestReport } from '../../../contract/testReports.ts';
import { findResultFiles } from './findResultFiles.ts';
import { readJunit } from './readJunit.ts';

const mostFiles = 200;
const mostBytes = 20 * 1024 * 1024;
const mostTests = 5000;
/** Of all texts together: a report is one request. */
const mostChars = 2 * 1024 * 1024;
const mostProblems = 20;

/**
 * What the files of test results in a workspace say; null when there are none. Whatever is in them, it does not fail: what
 * cannot be read is told. `mask` hides secrets.
 */
export async function collectTestResults(
  workspace: string,
  globs: readonly string[],
  mask: (text: string) => string,
): Promise<TestReport | null> {
  const { files, incomplete } = await findResultFiles(workspace, globs);
  const problems: string[] = incomplete ? ['the workspace has too many files to look at all'] : [];
  if (files.length > mostFiles)
    problems.push(`${files.length} files of test results; the first ${mostFiles} were read`);
  const tests = new Map<string, ReportedTest>();
  let room = mostBytes;
  for (const path of files.slice(0, mostFiles)) {
    const name = relative(workspace, path);
    const text = await readBounded(path, room).catch((error: NodeJS.ErrnoException) => ({
      problem: error.code ?? error.message,
    }));
    if (typeof text !== 'string') {
      problems.push(`${name}: ${text.problem}`);
      continue;
    }
    room -= text.length;
    const read = readJunit(text);
    if (typeof read === 'string') problems.push(`${name}: ${read}`);
    else for (const test of read) keepWorst(tests, inRepository(test, workspace));
    // Others of this runner are waiting.
    await breathe();
  }
  if (tests.size === 0 && problems.length === 0) return null;
  const found = [...tests.values()];
  return {
    counts: countsOf(found),
    tests: bounded(found, mask),
    problems: problems
      .slice(0, mostProblems)
      .map((problem) => mask(problem).replaceAll('\0', '').slice(0, 500)),
  };
}

/** A file that is no link, without waiting for what may be a pipe by now. */
async function readBounded(path: string, room: number): Promise<string | { problem: string }> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat();
    if (size > room)
      return { problem: `left out: the files are larger than ${mostBytes / 1024 / 1024} MiB together` };
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** With files as the repository calls them: a job's workspace has another path each time. */
function inRepository(test: ReportedTest, workspace: string): ReportedTest {
  const without = (text: string | null) =>
    text?.replaceAll(`file://${workspace}/`, '').replaceAll(`${workspace}/`, '') ?? null;
  return { ...test, file: without(test.file), message: without(test.message) };
}

const rank: Record<ReportedTest['state'], number> = { failed: 0, error: 1, passed: 2, skipped: 3 };

/** A test that is reported twice, as one that was tried again, is one: it failed when it ever did. */
function keepWorst(tests: Map<string, ReportedTest>, test: ReportedTest): void {
  const key = `${test.suite}\0${test.name}`;
  const known = tests.get(key);
  if (known === undefined || rank[test.state] < rank[known.state]) tests.set(key, test);
}

function countsOf(tests: readonly ReportedTest[]): TestCounts {
  const count = (...states: ReportedTest['state'][]) =>
    tests.filter(({ state }) => states.includes(state)).length;
  const seconds = tests.reduce((sum, test) => sum + (test.seconds ?? 0), 0);
  return { passed: count('passed'), failed: count('failed', 'error'), skipped: count('skipped'), seconds };
}

/** The failed ones first; where there is no room for what they say, without it. */
function bounded(tests: readonly ReportedTest[], mask: (text: string) => string): ReportedTest[] {
  let room = mostChars;
  return [...tests]
    .sort((one, other) => rank[one.state] - rank[other.state])
    .slice(0, mostTests)
    .map((test) => {
      const message = test.message === null || test.message.length > room ? null : mask(test.message);
      room -= message?.length ?? 0;
      const file = test.file === null ? null : mask(test.file);
      return { ...test, suite: mask(test.suite), name: mask(test.name), file, message };
    });
}
