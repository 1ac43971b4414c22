import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../workflows/run/index.ts';
import { createOutput } from '../output/output.ts';
import { plainText } from '../output/plainText.ts';
import type { Terminal } from '../output/terminal.ts';
import { statusLines } from './liveView.ts';
import { createRunPicture } from './picture.ts';
import { openRunView } from './view.ts';

const at = (seconds: number): string =>
  new Date(Date.UTC(2026, 0, 1, 0, 0, 0) + seconds * 1000).toISOString();
const now = () => new Date(at(60));

function fakeTerminal(options: { watched?: boolean; unicode?: boolean; columns?: number } = {}) {
  const stdout = Object.assign(new PassThrough(), {
    isTTY: false,
    rows: 12,
  }) as unknown as NodeJS.WriteStream;
  const terminal: Terminal = {
    stdout,
    stderr: stdout,
    watched: options.watched ?? false,
    interactive: false,
    colours: false,
    unicode: options.unicode ?? true,
    columns: () => options.columns ?? Number.POSITIVE_INFINITY,
    paint: (_, text) => text,
  };
  return { terminal, shown: () => String((stdout as unknown as PassThrough).read() ?? '') };
}

function show(
  events: readonly RunEvent[],
  options: { jobs: number; verbose?: boolean; unicode?: boolean; json?: boolean; watched?: boolean },
) {
  const { terminal, shown } = fakeTerminal(options);
  const out = createOutput(terminal, { json: options.json ?? false, times: { now: now(), exact: false } });
  const view = openRunView(out, { verbose: options.verbose ?? false, now });
  for (const event of events) {
    void view.take(event.kind === 'run_started' ? { ...event, jobs: options.jobs } : event);
  }
  view.close();
  return shown();
}

const started: RunEvent = {
  at: at(0),
  kind: 'run_started',
  name: 'Tests',
  title: 'Low water too',
  file: '.github/workflows/test.yml',
  event: 'push',
  sha: '5514b9410000',
  jobs: 1,
};

function job(name: string, options: { fails?: boolean; text?: string; at?: number } = {}): RunEvent[] {
  const outcome = options.fails ? 'failure' : 'success';
  const detail = options.fails ? 'exit code 3' : null;
  const from = options.at ?? 0;
  return [
    { at: at(from), kind: 'job_started', job: name, name },
    { at: at(from), kind: 'step_started', job: name, step: 1, name: 'Set up job', phase: 'set-up' },
    {
      at: at(from),
      kind: 'step_finished',
      job: name,
      step: 1,
      outcome: 'success',
      conclusion: 'success',
      detail: null,
      durationMs: 4,
    },
    { at: at(from), kind: 'step_started', job: name, step: 2, name: 'Run tests', phase: 'main' },
    { at: at(from + 1), kind: 'output', job: name, step: 2, text: options.text ?? 'one\ntwo' },
    {
      at: at(from + 2),
      kind: 'step_finished',
      job: name,
      step: 2,
      outcome,
      conclusion: outcome,
      detail,
      durationMs: 2000,
    },
    {
      at: at(from + 2),
      kind: 'job_finished',
      job: name,
      name,
      conclusion: outcome,
      detail: null,
      outputs: {},
      summary: '',
      durationMs: 2100,
    },
  ];
}

const ended = (conclusion: 'success' | 'failure'): RunEvent => ({
  at: at(3),
  kind: 'run_finished',
  conclusion,
  durationMs: 3000,
});

test('one job in a pipe: its output as it comes, its steps with their times', () => {
  expect(
    show([started, ...job('test'), ended('success')], { jobs: 1 }),
  ).toBe(`Tests: Low water too  push at 5514b941  .github/workflows/test.yml

▸ Run tests
one
two
✓ Run tests  2 s
✓ test: success in 2.1 s

✓ success in 3 s: 1 job
`);
});

test('several jobs in a pipe: each line says whose it is, and the end has what failed and a table', () => {
  const skipped: RunEvent = {
    at: at(2),
    kind: 'job_skipped',
    job: 'ship',
    name: 'ship',
    conclusion: 'skipped',
    reason: 'test failed',
    condition: null,
  };
  const shown = show([started, ...job('lint'), ...job('test', { fails: true }), skipped, ended('failure')], {
    jobs: 3,
  });
  expect(shown).toContain('lint │ one\nlint │ two\nlint │ ✓ Run tests  2 s\n✓ lint: success in 2.1 s\n');
  expect(shown).toContain('test │ ✗ Run tests  2 s  exit code 3\n');
  expect(shown).toContain('\n- ship  skipped: test failed\n');
  expect(shown.slice(shown.indexOf('\nFailed'))).toBe(`
Failed
  ✗ test, Run tests: exit code 3
    │ one
    │ two

JOB   CONCLUSION   TIME
lint  success     2.1 s
test  failure     2.1 s
ship  skipped         -  test failed

✗ failure in 3 s: 3 jobs, 1 failed, 1 skipped
`);
});

test('without Unicode nothing is drawn that is no ASCII', () => {
  const shown = show([started, ...job('a'), ...job('b', { fails: true }), ended('failure')], {
    jobs: 2,
    unicode: false,
  });
  expect(shown).toContain('b | FAILED Run tests  2 s  exit code 3');
  expect(shown).toMatch(/^[\n\x20-\x7e]*$/);
});

test('what a terminal would obey is dropped, in output, names, annotations and summaries', () => {
  const evil = '\u001b[2J\u001b]0;title\u0007\rX';
  const annotation: RunEvent = {
    at: at(1),
    kind: 'annotation',
    job: 'test',
    step: 2,
    level: 'error',
    message: `broken ${evil}`,
    title: evil,
    file: `src/a.ts${evil}`,
    line: 3,
    endLine: null,
    column: 7,
    endColumn: null,
  };
  const events = job('test', { text: `a${evil}b\n` }).map((event) =>
    event.kind === 'job_finished' ? { ...event, summary: `# Done ${evil}\n` } : event,
  );
  const shown = show([started, ...events.slice(0, 5), annotation, ...events.slice(5), ended('success')], {
    jobs: 1,
  });
  expect(shown).toBe(plainText(shown));
  expect(shown).toContain('error src/a.tsX:3:7 X: broken X  (test, Run tests)');
  expect(shown).toContain('Summary\n  # Done X\n');
});

test('groups: open in a pipe with what is in them indented', () => {
  const text = '##[group]Install\nfetching\n##[endgroup]\ndone\n';
  expect(show([started, ...job('test', { text }), ended('success')], { jobs: 1 })).toContain(
    '▸ Run tests\n▸ Install\n  fetching\ndone\n✓',
  );
});

test('why a step failed is said once, and messages of the log say what they are', () => {
  const events = job('test', { fails: true, text: '##[warning]shallow\n##[error]broken\n' }).map((event) =>
    event.kind === 'step_finished' && event.step === 2 ? { ...event, detail: 'broken' } : event,
  );
  const shown = show([started, ...events, ended('failure')], { jobs: 1 });
  expect(shown).toContain('warning: shallow\nerror: broken\n');
  expect(shown.match(/broken/g)).toHaveLength(2);
});

test('a terminal folds what passes to a line, and opens the step that fails', () => {
  const shown = show(
    [
      started,
      ...job('lint'),
      ...job('test', { fails: true, text: '##[group]G\nin it\n##[endgroup]\nlast\n' }),
      ended('failure'),
    ],
    {
      jobs: 2,
      watched: true,
    },
  );
  expect(shown).toContain('lint │ ✓ Run tests  2 s\n');
  expect(shown).not.toContain('lint │ one');
  expect(shown).toContain(
    'test │ ▸ Run tests\ntest │ │ ▸ G\ntest │ │   in it\ntest │ │ last\ntest │ ✗ Run tests  2 s  exit code 3\n',
  );
});

test('a lone job streams to a terminal with its groups folded; they open when the step fails', () => {
  const text = '##[group]G\nin it\n##[endgroup]\nlast\n';
  const good = show([started, ...job('test', { text }), ended('success')], { jobs: 1, watched: true });
  expect(good).toContain('▸ G (1 line)\nlast\n');
  expect(good).not.toContain('in it');
  const bad = show([started, ...job('test', { text, fails: true }), ended('failure')], {
    jobs: 1,
    watched: true,
  });
  expect(bad).toContain('│ ▸ G\n│   in it\n│ last\n');
});

test('the live area: a line a job, and how far all are', () => {
  const { picture, take } = createRunPicture({ colours: false });
  for (const event of [{ ...started, jobs: 4 }, ...job('lint'), ...job('test (20)', { at: 50 }).slice(0, 5)])
    take(event);
  const { terminal } = fakeTerminal();
  const lines = statusLines(picture, { terminal, streams: false }, now().getTime());
  expect(lines).toEqual([
    expect.stringMatching(/^. test \(20\) {3}10 s {2}Run tests 10 s$/),
    '  1 of 4 done · 1 running',
  ]);
});

test('with --json each event is a line, exactly as it was told', () => {
  const events = [started, ...job('test'), ended('success')];
  const lines = show(events, { jobs: 1, json: true }).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(events);
});
