import { describe, expect, test } from 'vitest';
import { readAction, readWorkflow } from './index.ts';

const file = '.github/workflows/test.yml';

/** Reads what stands under `jobs: → build:`; line 1 of it is line 5 of the file. */
function inJob(lines: string): string[] {
  return problems(`on: push\njobs:\n  build:\n    runs-on: x\n${lines.replaceAll(/^/gm, '    ')}`);
}

function inStep(lines: string): string[] {
  return problems(
    `on: push\njobs:\n  build:\n    runs-on: x\n    steps:\n      - ${lines.replaceAll('\n', '\n        ')}`,
  );
}

function problems(text: string): string[] {
  return readWorkflow(text, file).findings.map(
    ({ at, message, rule }) => `${at.start.line}:${at.start.column} ${message} [${rule}]`,
  );
}

test('a workflow is read with all that stands in it', () => {
  const { workflow, findings } = readWorkflow(
    `name: CI
run-name: by \${{ github.actor }}
on:
  push: {branches: [main, 'release/**'], paths-ignore: docs/**}
  schedule: [{cron: '0 4 * * 1'}]
  workflow_dispatch:
    inputs:
      level: {type: choice, options: [low, high], default: low, required: true}
env: {A: 1.50, B: yes, C: true, D:}
permissions: {contents: read}
concurrency: {group: 'ci-\${{ github.ref }}', cancel-in-progress: true}
jobs:
  build:
    runs-on: [self-hosted, linux]
    strategy:
      fail-fast: false
      matrix: {node: [20, 24]}
    if: \${{ github.ref == 'x' }}
    timeout-minutes: 5
    outputs: {sha: '\${{ steps.one.outputs.sha }}'}
    steps:
      - id: one
        run: echo
        shell: bash
      - uses: ./action
        if: always()
        with: {depth: 0}
  call:
    needs: build
    uses: ./.github/workflows/other.yml
    with: {n: 1}
    secrets: inherit
`,
    file,
  );
  expect(findings).toEqual([]);
  expect(workflow?.on.map(({ event }) => event.value)).toEqual(['push', 'schedule', 'workflow_dispatch']);
  expect(workflow?.on[0]?.branches?.map(({ value }) => value)).toEqual(['main', 'release/**']);
  expect(workflow?.on[0]?.pathsIgnore?.map(({ value }) => value)).toEqual(['docs/**']);
  expect(workflow?.env.map(({ name, text }) => [name.value, text.value])).toEqual([
    ['A', '1.5'],
    ['B', 'yes'],
    ['C', 'true'],
    ['D', ''],
  ]);
  const [build, call] = workflow?.jobs ?? [];
  expect(build).toMatchObject({
    kind: 'steps',
    if: { value: "github.ref == 'x'" },
    timeoutMinutes: { value: '5' },
    strategy: { failFast: { value: 'false' } },
    steps: [
      { id: { value: 'one' }, does: { kind: 'run', script: { value: 'echo' }, shell: { value: 'bash' } } },
      {
        if: { value: 'always()' },
        does: { kind: 'uses', with: [{ name: { value: 'depth' }, text: { value: '0' } }] },
      },
    ],
  });
  expect(call).toMatchObject({ kind: 'call', needs: [{ value: 'build' }], secrets: 'inherit' });
});

describe('what is wrong in the shape', () => {
  test.each<[string, string[]]>([
    ['on: push\njobs: {}', ['2:7 a workflow needs at least one job [empty]']],
    ['jobs:\n  a: {runs-on: x, steps: []}', ['1:1 `on` is missing [missing-key]']],
    ['on: psuh\njobs: {a: {runs-on: x}}', ['1:5 unknown event `psuh`; did you mean `push`? [unknown-value]']],
    [
      'on:\n  push:\n    branch: main\njobs: {a: {runs-on: x}}',
      ['3:5 unknown key `branch`; did you mean `branches`? [unknown-key]'],
    ],
    [
      'on: {issues: {types: [open]}}\njobs: {a: {runs-on: x}}',
      ['1:23 unknown value `open`; did you mean `opened`? [unknown-value]'],
    ],
    [
      'on: push\npermissions: {contents: raed}\njobs: {a: {runs-on: x}}',
      ['2:25 unknown value `raed`; did you mean `read`? [unknown-value]'],
    ],
    ['on: push\nenv:\njobs: {a: {runs-on: x}}', ['2:5 expected a mapping, found nothing [wrong-type]']],
    ['on: push\njobs: [a]', ['2:7 expected a mapping, found a list [wrong-type]']],
  ])('%s', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['step: []', ['5:5 unknown key `step`; did you mean `steps`? [unknown-key]']],
    ['timeout-minutes: "5"', ['5:22 expected a number, found the text `5` [wrong-type]']],
    ['continue-on-error: yes', ['5:24 expected true or false, found the text `yes` [wrong-type]']],
    [
      'env: {Path: a, PATH: b}',
      ['5:20 `PATH` and `Path` on line 5 are the same: case does not matter in keys [duplicate-key]'],
    ],
    ['needs: biuld', ['5:12 job `build` needs `biuld`, which is not in this file [needs]']],
    ['needs: build', ['5:12 job `build` needs itself [needs-cycle]']],
    ['uses: a/b/.github/workflows/c.yml@v1', ['5:5 `uses` cannot stand beside `runs-on` [unknown-key]']],
    ['strategy: {matrix: {os: []}}', ['5:25 `os` has no values: nothing would run [empty]']],
  ])('in a job: %s', (text, expected) => {
    expect(inJob(text)).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['name: x', ['6:9 `run` or `uses` is missing [missing-key]']],
    ['run: x\nuses: a/b@v1', ['7:9 `uses` cannot stand beside `run` [unknown-key]']],
    ['run: x\nwith: {a: b}', ['7:9 `with` cannot stand beside `run` [unknown-key]']],
    [
      'uses: actions/checkout',
      ['6:15 `actions/checkout` lacks its version: `actions/checkout@v1`, a branch or a commit [uses]'],
    ],
    [
      'uses: a/b@${{ github.ref }}',
      ['6:15 no expression can stand here: `${{ }}` is not evaluated [expression]'],
    ],
    ['run: x\nid: 1x', ['7:13 `1x` is no id: letters, digits, `-` and `_`, with a letter or `_` first [id]']],
    [
      'run: x\nid: a\n- run: x\n  id: A'.replace('\n- ', '\n').replace('  id: A', 'id: A'),
      [
        '8:9 `run` stands here twice: first on line 6 [duplicate-key]',
        '9:9 `id` stands here twice: first on line 7 [duplicate-key]',
      ],
    ],
  ])('in a step: %s', (text, expected) => {
    expect(inStep(text)).toEqual(expected);
  });

  test('a circle of needs is told in its order, once', () => {
    const text =
      'on: push\njobs:\n  a: {runs-on: x, needs: c}\n  b: {runs-on: x, needs: a}\n  c: {runs-on: x, needs: [b, d]}\n  d: {runs-on: x}';
    expect(problems(text)).toEqual([
      '4:26 these jobs wait for each other in a circle: `a` needs `c` needs `b` needs `a` [needs-cycle]',
    ]);
  });
});

describe('what is wrong in expressions, and where', () => {
  test.each<[string, string]>([
    ['run: echo ${{ github.ref', '6:19 the closing `}}` is missing [expression]'],
    ['run: echo "${{ github..ref }}"', '6:31 `.ref` does not belong here [expression]'],
    [
      'run: |\n  echo 1\n  echo ${{ 1 = 2 }}',
      '8:22 write `==` to compare; `=` means nothing here [expression]',
    ],
    ['run: >-\n  echo\n\n  ${{ nope.x }}', '9:15 there is no context `nope`; known: '],
    ["run: 'it''s ${{ nope.x }}'", '6:25 there is no context `nope`; known: '],
    ['run: "tab\\t\\x41 ${{ nope.x }}"', '6:29 there is no context `nope`; known: '],
    ['run: ${{ jobs.x }}', '6:18 `jobs` is not available here; available: github, '],
    ["if: secrets.x == ''\nrun: x", '6:13 `secrets` is not available here; available: github, '],
    ['if: ${{ sucess() }}\nrun: x', '6:17 there is no function `sucess`; did you mean `success`? [function]'],
    ['run: ${{ success() }}', '6:18 `success()` can only stand in an `if` [function]'],
    ['run: ${{ hashFiles() }}', '6:18 `hashFiles` takes at least 1 arguments, not 0 [function]'],
    ["run: ${{ contains('a') }}", '6:18 `contains` takes 2 arguments, not 1 [function]'],
    ['run: ${{ }}', '6:17 an expression is missing here [expression]'],
    ["if: x == 'y\nrun: x", "6:18 the closing `'` of a text is missing [expression]"],
  ])('%s', (text, expected) => {
    expect(inStep(text)).toEqual([expect.stringContaining(expected)]);
  });

  test('nothing: `inputs` of workflow_dispatch without any', () => {
    const text = 'on:\n  workflow_dispatch:\n    inputs:\njobs: {a: {runs-on: x, steps: [{run: x}]}}';
    expect(readWorkflow(text, 'test.yml').findings).toEqual([]);
  });

  test.each([
    "if: github.event_name == 'push'",
    'if: ${{ !cancelled() }}',
    "run: ${{ '}}' }} ${{ '{{' }}",
    'env: ${{ fromJSON(inputs.env) }}\nrun: x',
    'env:\n  ${{ insert }}: ${{ fromJSON(inputs.env) }}\nrun: x',
  ])('nothing: %s', (text) => {
    expect(inStep(text.includes('run:') ? text : `${text}\nrun: x`)).toEqual([]);
  });
});

describe('what no text may do', () => {
  const jobs = '\njobs: {a: {runs-on: x}}';

  test.each<[string, string, string]>([
    [
      'a file of 5 MB',
      `# ${'x'.repeat(5_000_000)}`,
      'the file has 5000002 characters; at most 1048576 are read',
    ],
    ['nothing', '', 'the file is empty'],
    ['a comment', '# x', 'the file is empty'],
    ['10,000 brackets', `on: ${'['.repeat(10_000)}`, 'nested more than 50 levels deep'],
    ['10,000 lists', `on: ${'- '.repeat(10_000)}x`, ''],
    [
      '100,000 closed brackets',
      `on: ${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      'nested more than 50 levels deep',
    ],
    ['a tab', 'on:\n\tpush:\n', 'a tab cannot indent; use spaces'],
    [
      'NUL',
      'on: pu\0sh',
      'the control character U+0000 cannot stand in YAML; write it as an escape in double quotes',
    ],
    ['an alias to itself', `on: push\nenv: &a {x: *a}${jobs}`, '`*a` contains itself'],
    ['an alias to nothing', `on: push\nenv: *a${jobs}`, 'no anchor `&a` stands before this alias'],
    ['two documents', 'on: push\n---\non: push', 'a second document starts here; a file holds one'],
    [
      'a merge key',
      `on: push\nenv: {<<: {a: b}}${jobs}`,
      'merge keys (`<<`) are not supported; repeat the entries, or use an alias for the whole value',
    ],
    ['a key twice', `on: push\non: push${jobs}`, '`on` stands here twice: first on line 1'],
    [
      'an unknown tag',
      `on: !x push${jobs}`,
      'this tag (`!…`) is not known; quote a text that starts with `!`',
    ],
    [
      'another YAML',
      `%YAML 1.1\n---\non: push${jobs}`,
      'YAML 1.1 reads some values differently; remove the `%YAML` line',
    ],
    ['a bomb', bomb(), 'aliases stand for more than 20000 values; write them out'],
  ])('%s', (_what, text, message) => {
    const { workflow, findings } = readWorkflow(text, file);
    expect(workflow).toBeNull();
    expect(findings.map((finding) => finding.message)).toContainEqual(expect.stringContaining(message));
    expect(findings.length).toBeLessThan(10);
  });

  test.each<[string, string]>([
    ['a byte order mark', `\uFEFFon: push${jobs}`],
    ['CRLF', `on: push${jobs}\n`.replaceAll('\n', '\r\n')],
    ['an alias', `on: push\nenv: &e {a: b}\njobs: {a: {runs-on: x, env: *e}}`],
    ['`on` in its three forms', `on: [push, pull_request]${jobs}`],
  ])('valid: %s', (_what, text) => {
    expect(problems(text)).toEqual([]);
  });

  test('100,000 keys do not take time that grows with their square', () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `  k${index}: v`).join('\n');
    expect(problems(`on: push\nenv:\n${keys}${jobs}`)).toEqual([]);
  });

  function bomb(): string {
    const levels = Array.from(
      { length: 30 },
      (_, index) => `  a${index}: &a${index} [${`*a${index - 1},`.repeat(9)}x]`,
    );
    return `on: push\nx:\n  a-1: &a-1 [x]\n${levels.join('\n')}${jobs}`;
  }
});

describe('actions', () => {
  const read = (text: string) =>
    readAction(`description: x\n${text}`, 'action.yml').findings.map(
      ({ at, message }) => `${at.start.line - 1}:${at.start.column} ${message}`,
    );

  test('a composite action, and one in JavaScript', () => {
    const composite = readAction(
      'name: x\ndescription: y\ninputs: {a: {default: 1, required: true}}\noutputs: {b: {value: "${{ steps.s.outputs.b }}"}}\nruns:\n  using: composite\n  steps: [{id: s, run: x, shell: bash}]',
      'action.yml',
    );
    expect(composite.findings).toEqual([]);
    expect(composite.action).toMatchObject({
      inputs: [{ name: { value: 'a' }, required: true, default: { value: '1' } }],
      outputs: [{ name: { value: 'b' } }],
      runs: { kind: 'composite', steps: [{ does: { kind: 'run' } }] },
    });
    const node = readAction(
      'name: x\nruns: {using: node20, main: a.js, post: b.js, post-if: "${{ success() }}"}',
      'x',
    );
    expect(node.action?.runs).toMatchObject({
      kind: 'node',
      main: 'a.js',
      pre: null,
      post: 'b.js',
      postIf: 'success()',
    });
  });

  test.each<[string, string[]]>([
    ['name: x\nruns: {using: node8, main: x}', ['2:15 unknown value `node8`; did you mean `node12`?']],
    ['name: x\nruns: {using: composite}', ['2:8 `steps` is missing']],
    ['name: x\nruns: {using: composite, steps: [{run: x}]}', ['2:35 `shell` is missing']],
    ['name: x\nruns: {using: node20}', ['2:8 `main` is missing']],
    [
      'name: x\nruns: {using: composite, steps: [{run: "${{ secrets.x }}", shell: sh}]}',
      [
        '2:45 `secrets` is not available here; available: github, inputs, strategy, matrix, steps, job, runner, env',
      ],
    ],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});
