import { expect, test } from 'vitest';
import { entries, startJob } from './testing/startJob.ts';

test('steps run one after another in the same workspace, and are told of in order', async () => {
  const job = await startJob([
    { run: 'echo hello > file\necho "::group::x"' },
    { name: 'Look', run: 'cat file; pwd' },
  ]);
  expect(job.steps).toEqual(['Run echo hello > file: success', 'Look: success']);
  expect(job.output).toBe(`##[group]x\nhello\n${job.directory}/work/workspace\n`);
  expect(job.conclusion).toBe('success');
  expect(job.events.map(({ kind }) => kind).filter((kind, i, all) => kind !== all[i - 1])).toEqual([
    'job_started',
    'step_started',
    'output',
    'step_finished',
    'step_started',
    'output',
    'step_finished',
    'step_started',
    'output',
    'step_finished',
    'step_started',
    'step_finished',
    'job_finished',
  ]);
});

test('what fails stops what does not say otherwise', async () => {
  const job = await startJob([
    { run: 'exit 3' },
    { run: 'echo no' },
    { run: 'echo failed', if: 'failure()' },
    { run: 'echo ${{ job.status }}', if: '${{ always() }}' },
    { run: 'echo no', if: "failure() && github.ref == 'x'" },
  ]);
  expect(job.steps).toEqual([
    'Run exit 3: failure (exit code 3)',
    'Run echo no: skipped',
    'Run echo failed: success',
    'Run echo failure: success',
    'Run echo no: skipped',
  ]);
  const conditions = job.events.flatMap((event) => (event.kind === 'step_skipped' ? [event.condition] : []));
  expect(conditions).toEqual([
    "success() (job.status: 'failure')",
    "failure() && github.ref == 'x' (failure(): true, github.ref: 'refs/heads/main')",
  ]);
  expect(job.output).toBe('failed\nfailure\n');
  expect(job.conclusion).toBe('failure');
});

test('outputs, environment and paths reach later steps and whoever needs the job', async () => {
  const job = await startJob(
    [
      {
        id: 'make',
        run: `echo "x=1" >> $GITHUB_OUTPUT
          printf 'y<<EOF\\na\\nb\\nEOF\\n' >> $GITHUB_OUTPUT
          echo NAME=value >> $GITHUB_ENV
          mkdir bin; printf '#!/bin/sh\\necho mine\\n' > bin/mine; chmod +x bin/mine
          echo $PWD/bin >> $GITHUB_PATH
          echo '# Hello' >> $GITHUB_STEP_SUMMARY`,
      },
      {
        run: 'echo ${{ steps.make.outputs.x }} $NAME ${{ env.NAME }}; mine',
        env: { OWN: '${{ steps.make.outputs.y }}' },
      },
      { id: 'may', run: 'exit 1', 'continue-on-error': 'true' },
      { run: 'echo ${{ steps.may.outcome }} ${{ steps.may.conclusion }}' },
    ],
    {
      spec: {
        outputs: entries({ all: '${{ steps.make.outputs.y }}', none: '${{ steps.make.outputs.nothing }}' }),
      },
    },
  );
  expect(job.output).toBe('1 value value\nmine\nfailure success\n');
  expect(job.outputs).toEqual({ all: 'a\nb' });
  expect(job.finished.summary).toBe('# Hello\n');
  expect(job.conclusion).toBe('success');
});
