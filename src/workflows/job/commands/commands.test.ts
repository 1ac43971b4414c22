import { describe, expect, test } from 'vitest';
import { type JobOptions, startJob, writeFiles } from '../testing/startJob.ts';

/** Runs a script whose text no shell touches. */
async function say(lines: string[], options: JobOptions & { env?: Record<string, string> } = {}) {
  const job = await startJob(
    [{ id: 's', run: `cat <<'END'\n${lines.join('\n')}\nEND`, ...(options.env ? { env: options.env } : {}) }],
    {
      ...options,
      spec: {},
    },
  );
  return {
    ...job,
    annotations: job.annotations.map(({ at: _at, job: _job, kind: _kind, step: _step, ...rest }) => rest),
  };
}

const none = { title: null, file: null, line: null, endLine: null, column: null, endColumn: null };

test('annotations have their places', async () => {
  const { annotations, output } = await say([
    '::error title=T,file=a.js,line=1,endLine=2,col=3,endColumn=4::wrong%0Areally',
    '::warning::careful',
    '::notice line=x::note',
  ]);
  expect(annotations).toEqual([
    {
      level: 'error',
      message: 'wrong\nreally',
      title: 'T',
      file: 'a.js',
      line: 1,
      endLine: 2,
      column: 3,
      endColumn: 4,
    },
    { ...none, level: 'warning', message: 'careful' },
    { ...none, level: 'notice', message: 'note' },
  ]);
  expect(output).toBe('##[error]wrong\nreally\n##[warning]careful\n##[notice]note\n');
});

test('groups, debug and echo', async () => {
  const lines = [
    '::group::G',
    'in',
    '::endgroup::',
    '::debug::d',
    '::echo::on',
    '::set-output name=a::1',
    '::echo::off',
    '::save-state name=a::1',
  ];
  const quiet = await say(lines);
  expect(quiet.output.replaceAll(/##\[warning\].*\n/g, '')).toBe(
    '##[group]G\nin\n##[endgroup]\n::set-output name=a::1\n',
  );
  expect((await say(lines, { host: { debug: true } })).output).toContain('##[debug]d\n');
});

test('stop-commands needs a token of its own, and ends with it', async () => {
  const { output, annotations, conclusion } = await say([
    '::stop-commands::abc',
    '::error::no',
    '##[abc]',
    '::error::yes',
  ]);
  expect(output).toBe('::stop-commands::abc\n::error::no\n##[abc]\n##[error]yes\n');
  expect(annotations).toHaveLength(1);
  expect(conclusion).toBe('success');
  expect((await say(['::stop-commands::error'])).conclusion).toBe('failure');
});

test('set-output and save-state work with a warning; set-env and add-path only when they are allowed', async () => {
  const lines = ['::set-env name=A::1', '::add-path::/x'];
  const refused = await say(lines);
  expect(refused.conclusion).toBe('failure');
  expect(refused.steps[0]).toContain(
    "unable to process command '::set-env name=A::1': the `set-env` command is disabled",
  );
  const allowed = await say(lines, { env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: 'true' } });
  expect(allowed.conclusion).toBe('success');
  const output = await say(['::set-output name=a::1', '::set-output::1']);
  expect(output.annotations[0]?.message).toContain('deprecated');
  expect(output.conclusion).toBe('failure');
});

test('add-mask hides from its line on, everywhere', async () => {
  const { output, annotations, finished } = await say([
    'before hunter2-hunter2',
    '::add-mask::hunter2-hunter2',
    'after hunter2-hunter2',
    '::error title=hunter2-hunter2::hunter2-hunter2',
    '::add-mask::',
  ]);
  expect(output).toBe(
    "before hunter2-hunter2\nafter ***\n##[error]***\n##[warning]can't add an empty mask: ::add-mask:: was given no value\n",
  );
  expect(annotations[0]).toMatchObject({ message: '***', title: '***' });
  expect(finished.detail).toBeNull();
});

describe('problem matchers', () => {
  const matchers = {
    problemMatcher: [
      {
        owner: 'tsc',
        pattern: {
          regexp: '^(\\S+)\\((\\d+),(\\d+)\\): (error|warning) (.*)$',
          file: 1,
          line: 2,
          column: 3,
          severity: 4,
          message: 5,
        },
      },
      {
        owner: 'eslint',
        severity: 'notice',
        pattern: [
          { regexp: '^([^\\s].*)$', file: 1 },
          { regexp: '^\\s+(\\d+):(\\d+)\\s+(.*)$', line: 1, column: 2, message: 3, loop: true },
        ],
      },
    ],
  };
  const prepare = (workspace: string) =>
    writeFiles(workspace, {
      'matchers.json': JSON.stringify(matchers),
      'src/a.ts': '',
      'bad.json': '{"problemMatcher": 1}',
    });

  test('of one line and of several, with their severity and their files', async () => {
    const { annotations, output } = await say(
      [
        '::add-matcher::matchers.json',
        '\u001b[31msrc/a.ts(1,2): warning odd\u001b[0m',
        'src/a.ts',
        '  3:4  one',
        '  5:6  two',
        'not there.ts',
        '  7:8  three',
        '::remove-matcher owner=eslint::',
        'src/a.ts',
        '  9:9  no',
      ],
      { prepare },
    );
    expect(
      annotations.map(({ level, message, file, line, column }) => [level, message, file, line, column]),
    ).toEqual([
      ['warning', 'odd', 'src/a.ts', 1, 2],
      ['notice', 'one', 'src/a.ts', 3, 4],
      ['notice', 'two', 'src/a.ts', 5, 6],
      ['notice', 'three', null, 7, 8],
    ]);
    expect(output).toContain('  9:9  no\n');
  });

  test('files that are wrong fail the step in words', async () => {
    expect((await say(['::add-matcher::missing.json'], { prepare })).steps[0]).toContain(
      'there is no file missing.json',
    );
    expect((await say(['::add-matcher::bad.json'], { prepare })).conclusion).toBe('failure');
  });

  test('an expression that would take for ever is removed, and nothing else is lost or out of order', async () => {
    const hostile = (owner: string) => ({ owner, pattern: { regexp: '^(a+)+$', message: 1 } });
    const lines = ['src/a.ts(1,2): error first', `${'a'.repeat(60)}!`, 'src/a.ts(3,4): error second', 'aaa'];
    const { annotations, output, conclusion } = await say(['::add-matcher::all.json', ...lines], {
      prepare: (workspace) =>
        writeFiles(workspace, {
          'src/a.ts': '',
          'all.json': JSON.stringify({ problemMatcher: [hostile('evil'), ...matchers.problemMatcher] }),
        }),
    });
    expect(annotations.map(({ level, message }) => [level, message])).toEqual([
      ['warning', expect.stringContaining('the problem matcher evil was removed')],
      ['error', 'first'],
      ['error', 'second'],
    ]);
    expect(output).toContain(`##[error]first\n${'a'.repeat(60)}!\n##[error]second\naaa\n`);
    expect(conclusion).toBe('success');
  });

  test('a job whose expressions take for ever again and again gets no more of them', async () => {
    const names = Array.from({ length: 4 }, (_, index) => `evil-${index}.json`);
    const files = names.map((name) => [
      name,
      JSON.stringify({ problemMatcher: [{ owner: name, pattern: { regexp: '^(a+)+$', message: 1 } }] }),
    ]);
    const { steps, annotations } = await say(
      names.flatMap((name) => [`::add-matcher::${name}`, `${'a'.repeat(60)}!`]),
      { prepare: (workspace) => writeFiles(workspace, Object.fromEntries(files)) },
    );
    expect(annotations.filter(({ message }) => message.includes('was removed'))).toHaveLength(3);
    expect(steps[0]).toContain('so it gets no more');
  });
});
