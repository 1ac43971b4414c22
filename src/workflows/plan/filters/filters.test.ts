import { expect, test } from 'vitest';
import { exampleFacts } from '../../../../test/workflows/planCase.ts';
import { readWorkflow } from '../../language/index.ts';
import { makeEvent, type Payload, whyNotStarted, wishesFor } from '../index.ts';

function workflowOn(on: string) {
  const text = `on:\n${on}\njobs: { a: { runs-on: linux, steps: [{ run: 'true' }] } }\n`;
  const { workflow, findings } = readWorkflow(text, 'w.yml');
  return workflow ?? expect.fail(JSON.stringify(findings));
}

function pushTo(ref: string, changedFiles: readonly string[] | null = null, message = 'x') {
  return makeEvent('push', null, { ...exampleFacts(message), ref }, { changedFiles });
}

const branch = 'refs/heads/';
const tag = 'refs/tags/';

const pushes: readonly (readonly [on: string, ref: string, files: string | null, reason: string | null])[] = [
  ['  push:', `${branch}x`, null, null],
  ['  push:', `${tag}v1`, null, null],
  ['  push: { branches: [main] }', `${branch}main`, null, null],
  ['  push: { branches: [main] }', `${branch}dev`, null, 'no pattern of branches (line 2) matches'],
  ['  push: { branches: [main] }', `${tag}main`, null, 'filtered by branches (line 2), and names no tags'],
  [
    '  push: { branches-ignore: [main] }',
    `${tag}main`,
    null,
    'filtered by branches (line 2), and names no tags',
  ],
  ['  push: { tags: [v1] }', `${branch}v1`, null, 'filtered by tags (line 2), and names no branches'],
  ['  push: { tags: [v1], branches: [main] }', `${branch}main`, null, null],
  ['  push: { tags: [v1], branches: [main] }', `${tag}v1`, null, null],
  ['  push: { tags: [v1], branches: [main] }', `${tag}v2`, null, 'no pattern of tags (line 2) matches'],
  ['  push: { tags-ignore: ["v1*"] }', `${tag}v1.2`, null, '`v1*` of tags-ignore (line 2) matches'],
  [
    '  push: { branches: ["**", "!x/**"] }',
    `${branch}x/y`,
    null,
    '`!x/**` of branches (line 2) takes it out',
  ],
  ['  push: { branches: ["x/**", "!x/y*", "x/yes"] }', `${branch}x/yes`, null, null],
  ['  push: { branches-ignore: ["x/**", "!x/y"] }', `${branch}x/y`, null, null],
  ['  push: { paths: ["src/**"] }', `${branch}x`, 'docs/a src/b', null],
  [
    '  push: { paths: ["src/**"] }',
    `${branch}x`,
    'docs/a',
    'no pattern of paths (line 2) matches a changed file',
  ],
  ['  push: { paths: ["src/**"] }', `${branch}x`, '', 'matches a changed file: there is none'],
  ['  push: { paths: ["src/**"] }', `${branch}x`, null, null],
  ['  push: { paths: ["src/**"] }', `${tag}x`, 'docs/a', null],
  ['  push: { paths: ["src/**", "!src/docs/**"] }', `${branch}x`, 'src/docs/a', 'no pattern of paths'],
  ['  push: { paths: ["src/**", "!src/docs/**"] }', `${branch}x`, 'src/docs/a src/b', null],
  ['  push: { paths-ignore: ["docs/**"] }', `${branch}x`, 'docs/a docs/b', 'matches every changed file'],
  ['  push: { paths-ignore: ["docs/**"] }', `${branch}x`, 'docs/a b', null],
  ['  push: { branches: [main], paths: ["src/**"] }', `${branch}x`, 'src/a', 'no pattern of branches'],
  ['  push: { branches: [main], paths: ["src/**"] }', `${branch}main`, 'a', 'no pattern of paths'],
];

test.each(pushes)('%s: %s [%s]', (on, ref, files, reason) => {
  const changed = files?.split(' ').filter((file) => file !== '') ?? null;
  const answer = whyNotStarted(workflowOn(on), pushTo(ref, changed));
  if (reason === null) expect(answer).toBeNull();
  else expect(answer).toContain(reason);
});

test.each([
  ['Docs [skip ci]', '[skip ci]'],
  ['[CI SKIP] Docs', '[ci skip]'],
  ['Docs\n\nwhy [no ci]', '[no ci]'],
  ['Docs [skip actions]', '[skip actions]'],
  ['Docs [actions skip]', '[actions skip]'],
  ['Docs\n\nskip-checks: true', 'skip-checks: true'],
  ['Docs skip-checks: true', null],
  ['Skip ci', null],
])('a push with the message %j', (message, mark) => {
  const reason = whyNotStarted(workflowOn('  push:'), pushTo(`${branch}x`, null, message));
  expect(reason).toBe(mark === null ? null : `the commit's message says ${mark}`);
});

const about = (payload: Payload) => payload;
const others: readonly (readonly [on: string, event: string, payload: Payload, reason: string | null])[] = [
  ['  pull_request:', 'pull_request', about({ action: 'synchronize' }), null],
  ['  pull_request:', 'pull_request', about({ action: 'closed' }), 'opened, synchronize, reopened only'],
  ['  pull_request: { types: [closed] }', 'pull_request', about({ action: 'closed' }), null],
  [
    '  pull_request: { types: [closed] }',
    'pull_request',
    about({ action: 'opened' }),
    'not among its types (line 2)',
  ],
  ['  pull_request_target:', 'pull_request_target', about({ action: 'labeled' }), 'reopened only'],
  ['  issues:', 'issues', about({ action: 'labeled' }), null],
  [
    '  issues: { types: opened }',
    'issues',
    about({ action: 'labeled' }),
    'issues labeled: not among its types',
  ],
  [
    '  merge_group: { branches: [main] }',
    'merge_group',
    about({ action: 'checks_requested', merge_group: { base_ref: `${branch}dev` } }),
    'merge_group for dev: no pattern',
  ],
  [
    '  workflow_run: { workflows: [A], branches: [main] }',
    'workflow_run',
    about({ action: 'completed', workflow_run: { name: 'A', head_branch: 'x' } }),
    'workflow_run on x: no pattern',
  ],
  [
    '  repository_dispatch: { types: [ship] }',
    'repository_dispatch',
    about({ action: 'shop' }),
    'not among its types',
  ],
  ['  push:', 'release', about({ action: 'published' }), 'it does not start on release, but on push'],
];

test.each(others)('%s: %s %j', (on, event, payload, reason) => {
  const answer = whyNotStarted(workflowOn(on), makeEvent(event, payload, exampleFacts('x')));
  if (reason === null) expect(answer).toBeNull();
  else expect(answer).toContain(reason);
});

test('what an event makes of each workflow is listed in their order', () => {
  const workflows = ['  push:', '  schedule: [{ cron: "0 3 * * *" }]', '  push: { tags: [v1] }'].map(
    workflowOn,
  );
  const event = pushTo(`${branch}main`);
  expect(workflows.map((workflow) => whyNotStarted(workflow, event))).toEqual([
    null,
    'it does not start on push, but on schedule',
    'push to refs/heads/main: it is filtered by tags (line 2), and names no branches',
  ]);
});

test('an event that somebody just names is the one that starts the workflow', () => {
  const triggers = {
    pull_request: '  pull_request: { types: [labeled] }',
    release: '  release:',
    schedule: '  schedule: [{ cron: "0 3 * * *" }, { cron: "0 4 * * *" }]',
    workflow_run: '  workflow_run: { workflows: [Build], types: [requested] }',
  };
  for (const [event, on] of Object.entries(triggers)) {
    const workflow = workflowOn(on);
    const named = makeEvent(event, null, exampleFacts('x'), wishesFor(workflow, event));
    expect([event, whyNotStarted(workflow, named)]).toEqual([event, null]);
    expect(named.payload).toMatchObject(shownOf[event] ?? {});
  }
});

const shownOf: Readonly<Record<string, Payload>> = {
  pull_request: { action: 'labeled' },
  release: { action: 'published' },
  schedule: { schedule: '0 3 * * *' },
  workflow_run: { action: 'requested', workflow_run: { name: 'Build' } },
};
