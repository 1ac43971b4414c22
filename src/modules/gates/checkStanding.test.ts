import { describe, expect, it } from 'vitest';
import type { Check } from '../../contract/repositories.ts';
import { isGreen } from '../../contract/states.ts';
import { type CommitChecks, type RunFact, standingOf } from './checkStanding.ts';

const nothing: CommitChecks = { reported: [], runs: [], notNeeded: [], planning: false };

type Reported = Partial<Check> & Pick<Check, 'name'>;

function check({ name, conclusion = 'success', ...rest }: Reported): Check {
  const completed = conclusion !== null;
  return {
    name,
    conclusion,
    status: completed ? 'completed' : 'in_progress',
    url: null,
    summary: '',
    workflow: null,
    job_id: null,
    run_id: null,
    green: completed && isGreen(conclusion),
    reported_at: '2026-11-28T08:00:00.000Z',
    ...rest,
  };
}

const run = (facts: Partial<RunFact>): RunFact => ({
  id: 12,
  label: 'harbor/test#12',
  workflow: 'Test',
  file: '.github/workflows/test.yml',
  state: 'completed',
  conclusion: 'success',
  why: '',
  ...facts,
});
const open = { state: 'running', conclusion: null } as const;

describe('a check by its name', () => {
  it.each<[string, Partial<CommitChecks>, object]>([
    ['that nobody reported', {}, { kind: 'missing' }],
    ['while a run of the commit goes on', { runs: [run(open)] }, { kind: 'pending', run: 12 }],
    ['while its events are not planned', { planning: true }, { kind: 'pending' }],
    ['when all runs ended without it', { runs: [run({})] }, { kind: 'missing' }],
    ['that a job passed', { reported: [check({ name: 'unit' })] }, { kind: 'passed' }],
    [
      'that was skipped by its own condition',
      { reported: [check({ name: 'unit', conclusion: 'skipped' })] },
      { kind: 'passed' },
    ],
    [
      'that was skipped because a need failed',
      { reported: [check({ name: 'unit', conclusion: 'skipped', green: false, summary: 'build failed' })] },
      { kind: 'failed', how: 'skipped', why: 'build failed' },
    ],
    [
      'of which one workflow failed it, and another goes on with it',
      {
        reported: [
          check({ name: 'unit', workflow: 'A', conclusion: null }),
          check({ name: 'unit', workflow: 'B', conclusion: 'failure', run_id: 3 }),
        ],
      },
      { kind: 'failed', run: 3 },
    ],
  ])('%s', (_name, commit, expected) => {
    expect(standingOf('unit', { ...nothing, ...commit })).toMatchObject(expected);
  });

  it.each([
    ['unit', true],
    ['Test / unit', true],
    ['Test / *', true],
    ['*', true],
    ['Other / unit', false],
    ['uni', false],
  ])('is meant by %s: %s', (pattern, isMeant) => {
    const reported = [check({ name: 'unit', workflow: 'Test' })];
    expect(standingOf(pattern, { ...nothing, reported }).kind).toBe(isMeant ? 'passed' : 'missing');
  });
});

describe('all jobs of a workflow', () => {
  it.each<[string, Partial<CommitChecks>, object]>([
    ['of which there is no run', {}, { kind: 'missing' }],
    ['that is about to be planned', { planning: true }, { kind: 'pending' }],
    ['whose run passed', { runs: [run({})] }, { kind: 'passed' }],
    [
      'all of whose jobs were skipped by their conditions',
      { runs: [run({ conclusion: 'skipped' })] },
      { kind: 'passed' },
    ],
    ['that goes on', { runs: [run(open)] }, { kind: 'pending', name: 'harbor/test#12', how: 'in progress' }],
    ['that waits', { runs: [run({ ...open, state: 'pending' })] }, { kind: 'pending', how: 'waiting' }],
    [
      'that failed',
      { runs: [run({ conclusion: 'failure', why: 'unit: step "npm test" failed' })] },
      { kind: 'failed', why: 'unit: step "npm test" failed', run: 12 },
    ],
    ['that was cancelled', { runs: [run({ conclusion: 'cancelled' })] }, { kind: 'failed' }],
    [
      'that passed for one event, and failed for another',
      { runs: [run({}), run({ id: 13, conclusion: 'failure' })] },
      { kind: 'failed', run: 13 },
    ],
    ['that path filters excluded', { notNeeded: ['.github/workflows/test.yml', 'Test'] }, { kind: 'passed' }],
    [
      'that path filters excluded for one event, and that failed for another',
      { notNeeded: ['Test'], runs: [run({ conclusion: 'failure' })] },
      { kind: 'failed' },
    ],
    [
      'of which only another workflow ran',
      { runs: [run({ workflow: 'B', file: 'b.yml' })] },
      { kind: 'missing' },
    ],
  ])('%s', (_name, commit, expected) => {
    expect(standingOf('workflow: Test', { ...nothing, ...commit })).toMatchObject(expected);
  });

  it.each(['Test', 'test', 'test.yml', '.github/workflows/test.yml'])('is named by %s', (name) => {
    expect(standingOf(`workflow:${name}`, { ...nothing, runs: [run({})] })).toEqual({ kind: 'passed' });
  });
});
