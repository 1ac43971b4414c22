import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { type Ci, createCi, workflow } from '../harness/ci.ts';

let ci: Ci;
beforeAll(async () => {
  ci = await createCi();
});
afterAll(() => ci[Symbol.asyncDispose]());

test('a job that failed says in a line which step did, how, and the first line that says what is wrong', async () => {
  const steps = (run: string) => ({
    'runs-on': 'ubuntu-latest',
    steps: [
      { name: 'Test', run },
      { if: 'always()', name: 'Tidy', run: 'echo Error: not this' },
    ],
  });
  const sha = await ci.push(
    workflow('why', {
      on: 'push',
      jobs: {
        annotated: steps('echo "::error file=a.js,line=12::expected 3, got 4"; exit 1'),
        logged: steps(
          'echo begin; echo "not ok 1 - high water"; for i in $(seq 3000); do echo "line $i"; done; exit 3',
        ),
        quiet: steps('exit 1'),
        killed: steps('echo "out it goes"; kill -9 $$'),
        missing: steps('nowhere --fast'),
      },
    }),
  );
  const { jobs_list, id } = await ci.ended(sha);
  expect(Object.fromEntries(jobs_list.map(({ name, failure }) => [name, failure]))).toEqual({
    annotated: 'step "Test" failed, exit code 1: a.js:12: expected 3, got 4',
    // Only the last lines of a step are looked at.
    logged: 'step "Test" failed, exit code 3: line 3000',
    quiet: 'step "Test" failed, exit code 1',
    killed: 'step "Test" failed, ended by SIGKILL: killed, or out of memory: out it goes',
    missing: expect.stringMatching(
      /^step "Test" failed, exit code 127: command not found: nowhere: .*nowhere: command not found$/,
    ),
  });
  const commit = await ci.client.call(api.showCommit, { params: { repository: 'harbor', sha } });
  expect(commit.checks.find(({ name }) => name === 'annotated')?.summary).toBe(
    'step "Test" failed, exit code 1: a.js:12: expected 3, got 4',
  );
  // What is run again keeps what it said.
  await ci.client.call(api.rerunRun, { params: { run: id }, body: { job: jobs_list[2]?.id ?? 0 } });
  await ci.until(id, 'a second attempt', ({ state, attempt }) => state === 'completed' && attempt === 2);
  expect((await ci.show(id, 1)).jobs_list[0]?.failure).toContain('expected 3, got 4');
});
