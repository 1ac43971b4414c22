import { expect, test } from 'vitest';
import type { TestResult } from '../../contract/runTests.ts';
import { inputText, unheardNotes } from '../commands/workflows.ts';
import { openTerminal } from '../output/terminal.ts';
import type { JobNode, ListedJob } from '../runs/jobTree.ts';
import { jobTree } from '../runs/jobTree.ts';
import { jobLines } from './jobLines.ts';
import { nextLines } from './runDetail.ts';
import { testLines } from './testLines.ts';

const env = { NO_COLOR: '1', LANG: 'C.UTF-8' };
const terminal = openTerminal({
  ...process,
  env,
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
});
const now = new Date('2026-11-22T00:01:00Z');
const since = {
  branch: 'main',
  run_id: 9,
  run: 'harbor/test#9',
  sha: '3f2a9c1d'.repeat(5),
  code_sha: '3f2a9c1d'.repeat(5),
  title: 'Tides',
  at: '2026-11-22T00:00:00Z',
};

function job(path: string, more: Partial<ListedJob> = {}): ListedJob {
  const at = '2026-11-22T00:00:00.000Z';
  return {
    ...{
      id: 1,
      run_id: 1,
      attempt: 1,
      key: path,
      path,
      name: path,
      state: 'completed',
      conclusion: 'success',
    },
    ...{
      reason: null,
      failure: null,
      tests: null,
      condition: null,
      blocked: false,
      needs_approval: false,
      labels: [],
      environment: null,
    },
    ...{
      environment_url: null,
      approved_by: null,
      runner: null,
      carried: false,
      created_at: at,
      queued_at: at,
    },
    ...{ started_at: at, finished_at: at, duration_seconds: 3, steps: [], failing_since: null },
    ...more,
  };
}

const entry = (path: string, call: string | null = null, needs: string[] = []) => ({
  path,
  id: path.split('/').at(-1) ?? '',
  call,
  needs,
});

test('jobs stand in the order of the file, below their call, and those to come say after what', () => {
  const nodes: JobNode[] = jobTree({
    state: 'running',
    graph: [
      entry('unit'),
      entry('build'),
      entry('build/compile', 'build'),
      entry('ship', null, ['unit', 'build']),
    ],
    jobs_list: [
      job('build/compile', {
        name: 'build / compile',
        state: 'running',
        conclusion: null,
        finished_at: null,
        duration_seconds: null,
      }),
      job('unit', {
        name: 'unit (22)',
        conclusion: 'failure',
        failure: 'step "Test" failed, exit code 1: no\u001b[2Jtide',
        failing_since: since,
      }),
      job('unit', { name: 'unit (20)' }),
    ],
  });
  expect(jobLines(nodes, terminal, now)).toEqual([
    '  ✗ unit (22)  failure  3 s  step "Test" failed, exit code 1: notide  also failing on main since harbor/test#9 (3f2a9c1d Tides)',
    '  ✓ unit (20)  success  3 s',
    '  build',
    '    ● build / compile  running  1 min',
    '  ○ ship  comes after unit, build',
  ]);
});

test('tests: how many, those that failed and why, the flaky and the slow ones, and what could not be read', () => {
  const one = (more: Partial<TestResult>): TestResult => ({
    ...{
      suite: 'tides',
      name: 'high',
      file: null,
      line: null,
      state: 'passed',
      message: null,
      job_id: 1,
      job: 'unit',
    },
    ...{ duration_seconds: 0.1, flaky: false, usual_seconds: null, failing_since: null },
    ...more,
  });
  const lines = testLines(
    {
      counts: { passed: 1200, failed: 1, skipped: 0, seconds: 3 },
      problems: ['unit: junit.xml: it has no <testsuite>'],
      items: [
        one({
          state: 'failed',
          file: 'a.js',
          line: 3,
          message: 'expected 3\n\u001b[2Jgot 4',
          failing_since: since,
        }),
        one({ name: 'low', flaky: true }),
        one({ name: 'moon', duration_seconds: 9, usual_seconds: 1 }),
        one({ name: 'sun' }),
      ],
    },
    terminal,
  );
  expect(lines).toEqual([
    '  1,200 passed, 1 failed in 3 s',
    '  ✗ tides › high  a.js:3  (unit)  also failing on main since harbor/test#9 (3f2a9c1d Tides)',
    '      │ expected 3',
    '      │ got 4',
    '  flaky: it also failed at this commit  tides › low  (unit)',
    '  slow: 9 s, usually 1 s  tides › moon  (unit)',
    '  not read unit: junit.xml: it has no <testsuite>',
  ]);
  expect(testLines({ counts: null, problems: [], items: [] }, terminal)).toEqual([]);
});

test('what is proposed of a run that was cancelled is there to be seen', () => {
  const ended = { name: 'harbor/test#9', state: 'completed', conclusion: 'cancelled', findings: [] } as const;
  const next = (...conclusions: ('failure' | 'cancelled')[]) =>
    nextLines({
      ...ended,
      jobs_list: conclusions.map((conclusion) => ({ state: 'completed', conclusion })),
    }).join('');
  expect(next('cancelled')).toBe(
    '\nIts log: slipway run logs harbor/test#9   Again: slipway run rerun harbor/test#9 --failed',
  );
  expect(next('cancelled', 'failure')).toMatch(/What failed: slipway run logs harbor\/test#9 --failed/);
});

test('a command to start a workflow by hand runs nothing of its inputs', () => {
  const input = { name: 'level', type: 'string', required: false, description: '', options: [] } as const;
  const text = (value: string, options: string[] = []) => inputText({ ...input, options, default: value });
  expect(text("it's $(id) `x`")).toBe(`[-i 'level=it'\\''s $(id) \`x\`']`);
  expect(text('low', ['low', 'high'])).toBe('[-i level=low|high]');
  expect(text('3')).toBe('[-i level=3]');
});

test('a workflow that waits for what only GitHub has is told of', () => {
  const file = '.github/workflows/publish.yml';
  expect(unheardNotes([{ file, events: ['push', 'schedule'] }])).toEqual([]);
  expect(unheardNotes([{ file, events: ['push', 'release', 'create'] }])).toEqual([
    `${file}: nothing here raises release, create; that of GitHub starts nothing on Slipway`,
  ]);
});
