import { describe, expect, test } from 'vitest';
import { checkFile, type FileLibrary, rules } from './index.ts';

const file = '.github/workflows/test.yml';

function found(text: string, library: FileLibrary | null = null, name = file): string[] {
  return checkFile(text, name, library).map(
    ({ at, severity, message, rule }) =>
      `${at.start.line}:${at.start.column} ${severity} ${message} [${rule}]`,
  );
}

/** A workflow with these lines in a job; their first is line 5. */
const inJob = (lines: string, on = 'push') =>
  `on: ${on}\njobs:\n  build:\n    runs-on: x\n${lines.replaceAll(/^/gm, '    ')}\n    steps: [{run: x}]`;

describe('names', () => {
  const jobs = `on:
  workflow_dispatch: {inputs: {level: {type: string}}}
jobs:
  one:
    runs-on: x
    outputs: {sha: '\${{ steps.a.outputs.sha }}'}
    steps:
      - {id: a, run: x}
  two:
    runs-on: x
    needs: one
    strategy: {matrix: {os: [a], include: [{os: b, extra: 1}]}}
    steps:
      - {id: b, run: x}
      - run: echo HERE
      - {id: c, run: x}
`;

  test.each<[string, string]>([
    ['needs.one.outputs.sha', ''],
    ['needs.one.result', ''],
    ['steps.b.outputs.anything', ''],
    ['steps.B.OUTCOME', ''],
    ['matrix.os', ''],
    ['matrix.extra', ''],
    ['inputs.level', ''],
    ['github.event.whatever.you.like', ''],
    ['github.some_new_property', ''],
    ['vars.ANY || secrets.ANY || env.ANY', ''],
    ['fromJSON(steps.b.outputs.x).y', ''],
    ['needs.two.result', 'job `two` does not need `two`: add it to `needs`; known: `one` [name]'],
    ['needs.three.result', 'job `two` needs no `three`; known: `one` [name]'],
    ['needs.one.outputs.shaa', 'job `one` has no output `shaa`; did you mean `sha`? [name]'],
    [
      'needs.one.output.sha',
      'a job has `result` and `outputs`, and no `output`; did you mean `outputs`? [name]',
    ],
    ['steps.a.outputs.x', 'no step before this has the id `a`; did you mean `b`? [name]'],
    ['steps.c.outputs.x', 'step `c` has not run yet at this place; did you mean `b`? [name]'],
    [
      'steps.b.output.x',
      'a step has `outputs`, `outcome` and `conclusion`, and no `output`; did you mean `outputs`? [name]',
    ],
    ['steps.b.outputs.x.y', 'this is a text, and has no `y`: `fromJSON` makes an object of it [name]'],
    ['matrix.oss', 'the matrix has no `oss`; did you mean `os`? [name]'],
    ['inputs.lvl', 'this workflow declares no input `lvl`; known: `level` [name]'],
    ['github.reff', '`github` has no `reff`; did you mean `ref`? [property]'],
    [
      "github.event == 'push'",
      'this is an object, and equal to no text or number; the name of the event is `github.event_name` [comparison]',
    ],
    ["'x' != needs.one", 'this is an object, and equal to no text or number [comparison]'],
    ["github.event == null || needs.one.result == 'x' || github.event.action == 1", ''],
    ["fromJSON('{')", '`fromJSON` was given what is no JSON: { [expression]'],
    [
      "format('{1}', github.ref)",
      '`{1}` names {1}, but `format` was given 1 values, from {0} on [expression]',
    ],
    [
      'steps.b.outputs',
      'this is an object, and becomes the word `Object`; write `toJSON(steps.b.outputs)` for its text [object-as-text]',
    ],
  ])('%s', (expression, message) => {
    const reports = found(jobs.replace('HERE', `\${{ ${expression} }}`));
    expect(reports.map((report) => report.replace(/^15:\d+ \w+ /, ''))).toEqual(
      message === '' ? [] : [message],
    );
  });

  test('they are pointed at within the line', () => {
    expect(found(jobs.replace('HERE', '${{ needs.three.result }}'))[0]).toMatch(/^15:29 warning /);
  });

  test('nothing is said where aliases hide in which job an expression is', () => {
    const text = jobs
      .replace('echo HERE', '&script echo ${{ needs.three.result }}')
      .replace('{id: c, run: x}', '{id: c, run: *script}');
    expect(found(text)).toEqual([]);
  });
});

describe('what a file says by itself', () => {
  test.each<[string, string[]]>([
    [
      inJob('defaults: {run: {shell: bsh}}'),
      ['5:29 error unknown shell `bsh`; did you mean `bash`? [shell]'],
    ],
    [
      inJob('defaults: {run: {shell: perl -x}}'),
      ["5:29 error a shell of your own needs `{0}` where the script's file belongs: `perl -x {0}` [shell]"],
    ],
    [
      inJob('if: ${{ github.ref }} == 1'),
      [
        '5:9 error this condition is a text, and so always true: put all of it into one `${{ }}`, or leave them out [condition-text]',
      ],
    ],
    [inJob('env: {}', "{schedule: [{cron: '0 25 * * *'}]}"), ['1:24 error `25` is no hour: 0 to 23 [cron]']],
    [
      inJob('env: {}', "{schedule: [{cron: '0 0 * *'}]}"),
      ['1:24 error a schedule has five fields (minute, hour, day, month, weekday); this has 4 [cron]'],
    ],
    [
      inJob('env: {}', "{schedule: [{cron: '@daily'}]}"),
      ['1:24 error `@daily` is not known to GitHub; write the five fields, as `0 0 * * *` [cron]'],
    ],
    [
      inJob('env: {}', "{schedule: [{cron: '*/2 * * * *'}]}"),
      ['1:24 warning GitHub starts a schedule every 5 minutes at most [cron-interval]'],
    ],
    [
      inJob('env: {}', "{schedule: [{cron: '0 0 * * *', timezone: Mars}]}"),
      ['1:47 error there is no time zone `Mars`; write one as `Europe/Prague` [cron]'],
    ],
    [
      inJob('env: {}', '{push: {branches: ["a["]}}'),
      ['1:24 error the closing `]` is missing in `a[` [glob]'],
    ],
    [
      inJob('env: {}', '{push: {branches: ["!a"]}}'),
      ['1:24 error these patterns only take away: put one that matches first, as `**` [filters]'],
    ],
    [
      inJob('env: {}', '{push: {branches: [refs/heads/main]}}'),
      [
        '1:24 warning `refs/heads/main` matches nothing: names are matched without `refs/heads/` [glob-match]',
      ],
    ],
    [
      inJob('env: {}', '{push: {paths: [./src/**]}}'),
      [
        '1:21 warning `./src/**` matches nothing: paths are relative to the repository, without `./` [glob-match]',
      ],
    ],
    [
      inJob('env: {}', '{push: {branches: a, branches-ignore: b}}'),
      [
        '1:43 error `branches` and `branches-ignore` exclude each other: use `branches` with patterns that start with `!` [filters]',
      ],
    ],
    [
      inJob('strategy: {matrix: {os: [a], exclude: [{oss: a}]}}'),
      ['5:45 error `exclude` names `oss`, which is no axis of this matrix [unknown-key]'],
    ],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('schedules and patterns that are right', () => {
    const crons = [
      '0 4 * * 1-5',
      '*/15 0-6,18-23 * JAN-MAR MON',
      '7,37 * 1 * *',
      '0 0 1/2 * *',
      '0/15 * * * *',
    ];
    const schedule = crons.map((cron) => `{cron: '${cron}'}`).join(', ');
    const filters =
      "branches: [main, 'release/**', 'v[0-9]+.[0-9]+', '!release/old'], paths: ['**.js', '!docs/**', 'a?/[ab]*']";
    expect(found(inJob('env: {}', `{schedule: [${schedule}], push: {${filters}}}`))).toEqual([]);
  });

  test('defaults of inputs that are of another type, and shells that the system of a job has not', () => {
    const inputs = (more: string) => inJob('env: {}', `{workflow_dispatch: {inputs: {n: ${more}}}}`);
    expect(found(inputs('{type: number, default: many}'))).toEqual([
      '1:62 error the default of input `n` is to be a number, and is `many` [inputs]',
    ]);
    expect(found(inputs('{type: boolean, default: foo}'))).toEqual([
      '1:63 error the default of input `n` is to be true or false, and is `foo` [inputs]',
    ]);
    for (const fine of [
      'boolean, default: "False"',
      "boolean, default: ''",
      'number, default: "1.5"',
      'string',
    ])
      expect(found(inputs(`{type: ${fine}}`))).toEqual([]);
    const shell = (on: string, name: string) =>
      found(`on: push\njobs: {a: {runs-on: ${on}, steps: [{run: x, shell: ${name}}]}}`);
    expect(shell('[ubuntu-latest]', 'powershell')).toEqual([
      '2:62 error `powershell` is on Windows only, and this job runs on ubuntu-latest; `pwsh` is on all [shell]',
    ]);
    expect([
      ...shell('windows-latest', 'cmd'),
      ...shell('ubuntu-latest', 'pwsh'),
      ...shell('ubuntu-latest', 'cmd, if: runner.os == 1'),
      ...shell('x', 'cmd'),
    ]).toEqual([]);
  });

  test('scripts: what strangers write, and what runners no longer take', () => {
    const steps = (script: string) => `on: push\njobs: {a: {runs-on: x, steps: [{run: "${script}"}]}}`;
    expect(found(steps('echo ${{ github.event.issue.title }}'))).toEqual([
      '2:48 warning `github.event.issue.title` is written by whoever likes, and becomes part of this script; pass it through `env` and read the variable [script-injection]',
    ]);
    expect(
      found(steps("${{ contains(github.event.issue.title, 'x') }} ${{ github.event.issue.number }}")),
    ).toEqual([]);
    expect(found(steps('echo ::set-output name=a::b'))).toEqual([
      '2:44 warning runners no longer take `::set-output::`; write `echo "name=value" >> "$GITHUB_OUTPUT"` [deprecated-command]',
    ]);
    expect(found(steps('echo ::error::no'))).toEqual([]);
  });
});

describe('what it says of other files of the repository', () => {
  const files: Readonly<Record<string, string>> = {
    '.github/workflows/called.yml':
      'on:\n  workflow_call:\n    inputs: {n: {type: number, required: true}, s: {type: string}}\n    secrets: {key: {required: true}}\n    outputs: {o: {value: "${{ jobs.a.outputs.o }}"}}\njobs: {a: {runs-on: x, outputs: {o: 1}, steps: [{run: x}]}}',
    '.github/workflows/pushed.yml': 'on: push\njobs: {a: {runs-on: x, steps: [{run: x}]}}',
    'act/action.yml':
      'name: x\ndescription: y\ninputs: {must: {required: true}, may: {default: 1}, old: {deprecationMessage: use may}}\noutputs: {out: {value: 1}}\nruns: {using: composite, steps: []}',
  };
  const library: FileLibrary = { read: (path) => files[path] ?? null };
  const call = (rest: string) => `on: push\njobs:\n  call:\n    ${rest}`;
  const step = (rest: string) =>
    `on: push\njobs: {a: {runs-on: x, steps: [{id: s, ${rest}}, {run: "\${{ steps.s.outputs.out }}"}]}}`;

  test.each<[string, string[]]>([
    [call('uses: ./.github/workflows/called.yml\n    with: {n: 1}\n    secrets: {key: x}'), []],
    [call('uses: ./.github/workflows/called.yml\n    with: {n: "${{ 1 }}"}\n    secrets: inherit'), []],
    [
      call('uses: ./.github/workflows/none.yml'),
      ['4:11 error there is no file `.github/workflows/none.yml` in this repository [uses]'],
    ],
    [
      call('uses: ./.github/workflows/pushed.yml'),
      ['4:11 error `.github/workflows/pushed.yml` cannot be called: it lacks `on: workflow_call` [uses]'],
    ],
    [
      call('uses: ./.github/workflows/called.yml\n    with: {m: 1}\n    secrets: {kee: x}'),
      [
        '4:11 error input `n` of `.github/workflows/called.yml` is required, and not given [inputs]',
        '4:11 error secret `key` of `.github/workflows/called.yml` is required, and not given [inputs]',
        '5:12 error `.github/workflows/called.yml` has no input `m`; did you mean `n`? [inputs]',
        '6:15 error `.github/workflows/called.yml` has no secret `kee`; did you mean `key`? [inputs]',
      ],
    ],
    [
      call('uses: ./.github/workflows/called.yml\n    with: {n: x}\n    secrets: inherit'),
      ['5:15 error input `n` is a number, not `x` [inputs]'],
    ],
    [step('uses: ./act, with: {must: 1}'), []],
    [step('uses: $/act, with: {MUST: 1}'), []],
    [step('uses: ./made-by-a-step'), []],
    [
      step('uses: ./act, with: {mst: 1}'),
      [
        '2:46 error input `must` of `act/action.yml` is required, and not given [inputs]',
        '2:60 error `act/action.yml` has no input `mst`; did you mean `must`? [inputs]',
      ],
    ],
    [
      step('uses: ./act, with: {must: 1, old: 1}'),
      ['2:69 warning input `old` is deprecated: use may [deprecated-input]'],
    ],
    [
      step('uses: ./act, with: {must: 1}').replace('outputs.out', 'outputs.in'),
      ['2:98 warning `act/action.yml` has no output `in`; known: `out` [name]'],
    ],
  ])('%s', (text, expected) => {
    expect(found(text, library)).toEqual(expected);
  });

  test.each<[string, Record<string, string>, string[]]>([
    [
      'workflows that call each other, also from outside of the circle',
      { a: 'b', b: 'a' },
      [
        '3:14 error these workflows call each other in a circle: `.github/workflows/b.yml` calls `.github/workflows/a.yml` (.github/workflows/b.yml:3:14) calls `.github/workflows/b.yml` (.github/workflows/a.yml:3:14) [uses-cycle]',
      ],
    ],
    [
      'a workflow that calls itself',
      { a: 'a' },
      ['3:14 error `.github/workflows/a.yml` calls itself (.github/workflows/a.yml:3:14) [uses-cycle]'],
    ],
    ['workflows that are called twice', { a: 'b', b: 'c', c: 'none' }, []],
  ])('%s', (_what, calls, expected) => {
    const calling = (name: string) =>
      `on: {push: {}, workflow_call: {}}\njobs:\n  {x: {uses: ./.github/workflows/${name}.yml}, y: {uses: ./.github/workflows/d.yml}}`;
    const texts = new Map(
      Object.entries(calls).map(([name, to]) => [`.github/workflows/${name}.yml`, calling(to)]),
    );
    const other = 'on: workflow_call\njobs: {a: {runs-on: x, steps: [{run: x}]}}';
    const all = { read: (path: string) => texts.get(path) ?? other };
    expect(found(calling(calls.a ?? ''), all)).toEqual(expected);
  });

  test('composite actions that use each other in a circle, unless a condition ends it', () => {
    const using = (name: string, more = '') =>
      `name: x\ndescription: y\nruns:\n  using: composite\n  steps: [{uses: ./${name}${more}}]`;
    const read = (more: string) => (path: string) =>
      ({ 'a/action.yml': using('b'), 'b/action.yml': using('a', more) })[path] ?? null;
    const circle =
      'error these actions use each other in a circle: `b/action.yml` uses `a/action.yml` (b/action.yml:5:18) uses `b/action.yml` (a/action.yml:5:18) [uses-cycle]';
    expect(found(using('b'), { read: read('') }, 'a/action.yml')).toEqual([`5:18 ${circle}`]);
    expect(found(inJob('steps: [{uses: ./b}]').replace(/\n.*$/, ''), { read: read('') })).toEqual([
      `5:20 ${circle}`,
    ]);
    expect(found(using('b'), { read: read(', if: inputs.x') }, 'a/action.yml')).toEqual([]);
  });

  test('a composite action', () => {
    const text =
      'name: x\ndescription: y\ninputs: {a: {}}\nruns:\n  using: composite\n  steps: [{run: "${{ inputs.b }}", shell: sh}]';
    expect(found(text, null, 'act/action.yml')).toEqual([
      '6:29 warning this action declares no input `b`; did you mean `a`? [name]',
    ]);
  });
});

test('every rule that a finding names is listed', () => {
  const texts = [
    'a: [',
    'on: push\njobs: {a: {x: 1, needs: b}}',
    inJob('if: nope()'),
    inJob('env: {A: "${{ }}"}'),
  ];
  for (const text of texts) {
    for (const { rule, severity } of checkFile(text, file, null))
      expect(rules[rule]?.severity).toBe(severity);
  }
});
