import { expect, test } from 'vitest';
import type { JobStep } from '../../contract/runs.ts';
import type { RunEvent } from '../../workflows/run/index.ts';
import { createJobTale } from './jobTale.ts';

const bold = (text: string) => `\u001b[1m${text}\u001b[0m\n`;

test('a step begins with its mark and ends where the next begins; how it ended, its job says', async () => {
  const told = await tell(
    [
      step(1, 'Set up job'),
      step(2, 'Test', 'failure', 'exit code 1'),
      step(3, 'Never', 'skipped'),
      step(4, 'Clean'),
    ],
    [
      bold('▸ step 1 Set up job'),
      bold('▸ step 2 Test').slice(0, 9),
      bold('▸ step 2 Test').slice(9),
      'not ok\n',
      bold('✗ exit code 1'),
      bold('▸ step 4 Clean'),
      'end',
    ],
  );
  expect(told).toEqual([
    'started 1 Set up job',
    'finished 1 success',
    'started 2 Test',
    'output 2 not ok',
    'finished 2 failure exit code 1',
    'skipped 3',
    'started 4 Clean',
    'output 4 end',
    'finished 4 success',
  ]);
});

test('what a step prints to look like a mark, or like its end, is its output', async () => {
  const told = await tell(
    [step(1, 'Test', 'failure', 'exit code 1'), step(2, 'Clean')],
    [
      bold('▸ step 1 Test'),
      bold('▸ step 2 Tidy'),
      bold('✗ all is lost'),
      bold('▸ step 1 Test'),
      bold('✗ exit code 1'),
    ],
  );
  expect(told).toEqual([
    'started 1 Test',
    `output 1 ${bold('▸ step 2 Tidy').trim()}`,
    `output 1 ${bold('✗ all is lost').trim()}`,
    `output 1 ${bold('▸ step 1 Test').trim()}`,
    'finished 1 failure exit code 1',
  ]);
});

test('a step is waited for whose mark is in the log before it is told of', async () => {
  const steps: JobStep[] = [];
  const told: string[] = [];
  const learn = async (number: number) => void steps.push(step(number, 'Test'));
  const tale = createJobTale('unit', { steps: () => steps, learn, settle: async () => {} }, (event) => {
    told.push(event.kind);
    return undefined;
  });
  await tale.text(bold('▸ step 1 Test'));
  expect(told).toEqual(['step_started']);
});

async function tell(steps: JobStep[], pieces: string[]): Promise<string[]> {
  const told: string[] = [];
  const nothing = async () => {};
  const tale = createJobTale('unit', { steps: () => steps, learn: nothing, settle: nothing }, (event) => {
    told.push(wordsOf(event));
    return undefined;
  });
  for (const piece of pieces) await tale.text(piece);
  await tale.end();
  return told;
}

function wordsOf(event: RunEvent): string {
  switch (event.kind) {
    case 'step_started':
      return `started ${event.step} ${event.name}`;
    case 'step_skipped':
      return `skipped ${event.step}`;
    case 'output':
      return `output ${event.step} ${event.text.trimEnd()}`;
    case 'step_finished':
      return `finished ${event.step} ${event.conclusion} ${event.detail ?? ''}`.trim();
    default:
      return event.kind;
  }
}

function step(
  number: number,
  name: string,
  conclusion: JobStep['conclusion'] = 'success',
  detail: string | null = null,
): JobStep {
  const at = '2026-11-22T00:00:00.000Z';
  return {
    number,
    name,
    phase: 'main',
    state: 'completed',
    outcome: conclusion,
    conclusion,
    detail,
    condition: null,
    started_at: at,
    finished_at: at,
    duration_seconds: 0,
  };
}
