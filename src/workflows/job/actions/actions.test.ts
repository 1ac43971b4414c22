import { expect, test } from 'vitest';
import { startJob, writeFiles } from '../testing/startJob.ts';

const javascript = (name: string, more = '') => ({
  'action.yml': `name: ${name}
inputs:
  who to greet: { default: 'from \${{ github.ref }}' }
  old: { deprecationMessage: take another }
runs: { using: node20, main: main.js${more} }
`,
  'main.js': `const fs = require('node:fs');
console.log('main of ${name}:', process.env.INPUT_WHO_TO_GREET, process.env.GITHUB_ACTION, process.env.STATE_before ?? '-');
fs.appendFileSync(process.env.GITHUB_STATE, 'during=1\\n');
fs.appendFileSync(process.env.GITHUB_OUTPUT, 'said=hello\\n');
if (process.env.INPUT_FAIL) process.exit(4);`,
  'pre.js': `console.log('pre of ${name}'); console.log('::save-state name=before::2');`,
  'post.js': `console.log('post of ${name}:', process.env.STATE_before ?? '-', process.env.STATE_during)`,
});

const phases = ', pre: pre.js, post: post.js';

test('a JavaScript action gets inputs and state; pre runs before all, post after all, the last first', async () => {
  const job = await startJob(
    [
      { run: 'echo first' },
      { id: 'greet', uses: 'acme/greet@v1', with: { 'Who to greet': 'harbor', odd: '1', old: '2' } },
      { uses: 'acme/other/sub@v2' },
      { run: 'echo "${{ steps.greet.outputs.said }}"' },
    ],
    {
      actions: {
        'acme/greet@v1': javascript('greet', phases),
        'acme/other/sub@v2': javascript('other', phases),
      },
    },
  );
  expect(job.steps).toEqual([
    'Pre Run acme/greet@v1: success',
    'Pre Run acme/other/sub@v2: success',
    'Run echo first: success',
    'Run acme/greet@v1: success',
    'Run acme/other/sub@v2: success',
    'Run echo "hello": success',
    'Post Run acme/other/sub@v2: success',
    'Post Run acme/greet@v1: success',
  ]);
  const said = job.output.split('\n').filter((line) => line.includes(' of '));
  expect(said).toEqual([
    'pre of greet',
    'pre of other',
    'main of greet: harbor greet 2',
    'main of other: from refs/heads/main __acme_other 2',
    'post of other: 2 1',
    'post of greet: 2 1',
  ]);
  const warnings = job.annotations
    .map(({ message }) => message)
    .filter((text) => !text.includes('save-state'));
  expect(warnings).toEqual([
    "Input 'old' has been deprecated with message: take another",
    "Unexpected input(s) 'odd', valid inputs are ['who to greet', 'old']",
  ]);
});

test('post runs after a failure too, unless post-if says otherwise, and not for what was skipped', async () => {
  const job = await startJob(
    [
      { uses: 'acme/a@v1', with: { fail: '1' } },
      { uses: 'acme/b@v1', if: 'always()' },
      { uses: 'acme/a@v2' },
    ],
    {
      actions: {
        'acme/a@v1': javascript('a', ', post: post.js'),
        'acme/a@v2': javascript('skipped', ', post: post.js'),
        'acme/b@v1': javascript('b', ', post: post.js, post-if: success()'),
      },
    },
  );
  expect(job.steps).toEqual([
    'Run acme/a@v1: failure (exit code 4)',
    'Run acme/b@v1: success',
    'Run acme/a@v2: skipped',
    'Post Run acme/b@v1: skipped',
    'Post Run acme/a@v1: success',
  ]);
});

const composite = `name: composite
inputs:
  level: { default: low, required: true }
outputs:
  result: { value: '\${{ steps.inner.outputs.x }} and \${{ steps.js.outputs.said }}' }
runs:
  using: composite
  steps:
    - id: inner
      shell: bash
      run: |
        echo "level \${{ inputs.level }} at $(basename $GITHUB_ACTION_PATH) $(cat $GITHUB_ACTION_PATH/data) $OUTER"
        echo x=1 >> $GITHUB_OUTPUT
        echo FROM_INNER=yes >> $GITHUB_ENV
    - id: js
      uses: acme/greet@v1
    - if: \${{ failure() }}
      run: echo never
      shell: bash
    - run: 'exit \${{ inputs.code || 0 }}'
      shell: sh
    - run: echo not reached
      shell: sh
      if: inputs.code
    - run: echo cleaned up
      shell: sh
      if: always()
`;

test('a composite action has its own steps, inputs and outputs, and shares environment and state with its job', async () => {
  const job = await startJob(
    [
      { id: 'own', uses: './.github/actions/own', env: { OUTER: 'outer' }, with: { level: 'high' } },
      {
        run: 'echo "${{ steps.own.outputs.result }}, ${{ toJSON(steps.inner) }}, $FROM_INNER, [$GITHUB_ACTION_PATH]"',
      },
    ],
    {
      actions: { 'acme/greet@v1': javascript('greet', phases) },
      prepare: (workspace) =>
        writeFiles(`${workspace}/.github/actions/own`, { 'action.yml': composite, data: 'data' }),
    },
  );
  expect(job.output).toBe(
    [
      'level high at own data outer',
      'main of greet: from refs/heads/main js -',
      'cleaned up',
      '1 and hello, null, yes, []',
      'post of greet: - 1',
      '',
    ].join('\n'),
  );
  expect(job.steps.at(-1)).toBe('Post Run acme/greet@v1: success');
});

test('a failure in a composite action says where, and lets the rest of it clean up', async () => {
  const job = await startJob([{ uses: 'acme/own@v1', with: { code: '3' } }], {
    actions: {
      'acme/own@v1': { 'action.yml': composite, data: '' },
      'acme/greet@v1': javascript('greet', phases),
    },
  });
  expect(job.steps).toEqual([
    'Pre Run acme/greet@v1: success',
    'Run acme/own@v1: failure (Run exit 3: exit code 3)',
    'Post Run acme/greet@v1: success',
  ]);
  expect(job.output).toContain('cleaned up');
  expect(job.output).not.toContain('not reached');
  expect(job.output).toContain('main of greet: from refs/heads/main js 2');
});

test('what is missing, uses itself or needs a container is known before anything runs', async () => {
  const using = (uses: string) => `name: x\nruns: { using: composite, steps: [{ uses: ${uses} }] }\n`;
  const actions = {
    'acme/a@v1': { 'action.yml': using('acme/b@v1') },
    'acme/b@v1': { 'action.yml': using('acme/a@v1') },
    ...Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`acme/deep@${i}`, { 'action.yml': using(`acme/deep@${i + 1}`) }]),
    ),
  };
  const detail = async (uses: string) => {
    const job = await startJob([{ run: 'echo ran' }, { uses }], { actions });
    expect(job.conclusion).toBe('failure');
    expect(job.output).toBe('');
    return job.finished.detail;
  };
  expect(await detail('acme/missing@v1')).toBe('there is no action acme/missing@v1');
  expect(await detail('acme/a@v1')).toBe('acme/a@v1 uses itself: acme/a@v1 → acme/b@v1 → acme/a@v1');
  expect(await detail('acme/deep@0')).toMatch(/^actions use actions more than 10 deep: /);
});

test('what runs before all steps is given what the action that uses it was given', async () => {
  const inner = {
    'action.yml':
      'name: inner\ninputs: { in: {}, on: {} }\nruns: { using: node20, pre: pre.js, main: main.js }',
  };
  const outer = `name: outer
inputs: { in: {}, on: { default: true } }
runs:
  using: composite
  steps:
    - { uses: acme/inner@v1, with: { in: '\${{ inputs.in }} \${{ env.AROUND }}', on: '\${{ !inputs.on }}' } }
`;
  const says = 'console.log(__filename.slice(-7), process.env.INPUT_IN, process.env.INPUT_ON);';
  const job = await startJob([{ uses: 'acme/outer@v1', with: { in: 'given' }, env: { AROUND: 'around' } }], {
    actions: {
      'acme/outer@v1': { 'action.yml': outer },
      'acme/inner@v1': { ...inner, 'pre.js': says, 'main.js': says },
    },
  });
  expect(job.output).toBe('/pre.js given around false\nmain.js given around false\n');
});

test('an action of the workspace that uses itself ends', async () => {
  const job = await startJob([{ uses: './self' }], {
    prepare: (workspace) =>
      writeFiles(`${workspace}/self`, {
        'action.yml': 'name: x\nruns: { using: composite, steps: [{ uses: ./self }] }\n',
      }),
  });
  expect(job.steps[0]).toContain('./self uses itself');
});
