import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deployKinds, deployStates, reasonCodes } from '../../contract/deploys.ts';
import type { Check } from '../../contract/repositories.ts';
import {
  evaluateGates,
  type GateFacts,
  type LockFact,
  passesLocks,
  type QueuedFact,
} from './evaluateGates.ts';

const noRuns = { runs: [], notNeeded: [], planning: false };
const nothingInTheWay: GateFacts = {
  deploy: {
    name: 'harbor/production#12',
    kind: 'deploy',
    state: 'queued',
    shortSha: '3f2c9a41',
    goodHere: false,
    held: null,
    forced: false,
    environmentRemoved: false,
  },
  locks: [],
  active: null,
  ahead: [],
  checks: { ...noRuns, required: [], optional: [], reported: [] },
  runners: { alive: 1, free: 1 },
};
const lock: LockFact = {
  id: 1,
  scope: 'harbor/production',
  reason: 'the database is being moved',
  by: 'ada',
  since: '2026-11-21T08:00:00.000Z',
  until: null,
};
const other: QueuedFact = { name: 'harbor/production#11', kind: 'deploy', goodHere: false, held: false };

interface Changes extends Partial<Omit<GateFacts, 'deploy'>> {
  deploy?: Partial<GateFacts['deploy']>;
}
const facts = ({ deploy, ...rest }: Changes): GateFacts => ({
  ...nothingInTheWay,
  ...rest,
  deploy: { ...nothingInTheWay.deploy, ...deploy },
});
const codesOf = (changes: Changes) => evaluateGates(facts(changes)).reasons.map((reason) => reason.code);

describe('a deploy that nothing stops', () => {
  it('is allowed, without a word', () => {
    expect(evaluateGates(nothingInTheWay)).toEqual({ allowed: true, reasons: [], notes: [] });
  });
});

describe('each gate', () => {
  it.each<[string, Changes, string[]]>([
    ['running already', { deploy: { state: 'running' } }, ['not_queued']],
    ['finished', { deploy: { state: 'succeeded' }, locks: [lock] }, ['not_queued']],
    ['held', { deploy: { held: { reason: 'a lock expired' } } }, ['held']],
    ['locked', { locks: [lock] }, ['locked']],
    ['locked twice', { locks: [{ ...lock, scope: 'everything' }, lock] }, ['locked', 'locked']],
    [
      'behind an active one',
      { active: { name: 'harbor/production#10', state: 'running', remainingSeconds: null } },
      ['active_deploy'],
    ],
    ['behind a queued one', { ahead: [other] }, ['behind_in_queue']],
    ['behind a held one only', { ahead: [{ ...other, held: true }] }, []],
    ['behind one that is locked too', { ahead: [other], locks: [lock] }, ['locked']],
    [
      'behind a rollback that passes the lock',
      { ahead: [{ ...other, kind: 'rollback' }], locks: [lock] },
      ['locked', 'behind_in_queue'],
    ],
    [
      'missing a check',
      { checks: { ...noRuns, required: ['ci'], optional: [], reported: [] } },
      ['check_missing'],
    ],
    ['no runner', { runners: { alive: 0, free: 0 } }, ['no_runner']],
    ['busy runners', { runners: { alive: 2, free: 0 } }, ['runners_busy']],
  ])('%s', (_, changes, expected) => {
    const verdict = evaluateGates(facts(changes));
    expect(verdict.reasons.map((reason) => reason.code)).toEqual(expected);
    expect(verdict.allowed).toBe(expected.length === 0);
  });

  it('tells its reasons in the order in which they must be cleared', () => {
    expect(
      codesOf({
        deploy: { held: { reason: 'asked for' } },
        locks: [lock],
        active: { name: 'harbor/production#10', state: 'verifying', remainingSeconds: 30.2 },
        ahead: [{ ...other, kind: 'rollback' }],
        checks: { ...noRuns, required: ['ci'], optional: ['lint'], reported: [] },
        runners: { alive: 0, free: 0 },
      }),
    ).toEqual([
      'held',
      'locked',
      'active_deploy',
      'behind_in_queue',
      'check_missing',
      'check_missing',
      'no_runner',
    ]);
  });
});

describe('what a reason says', () => {
  it('names the lock, who set it, since when, until when, and how to open it', () => {
    const [reason] = evaluateGates(
      facts({ locks: [{ ...lock, until: '2026-11-22T08:00:00.000Z' }] }),
    ).reasons;
    expect(reason).toEqual({
      code: 'locked',
      message:
        'harbor/production is locked by ada since 2026-11-21 08:00 UTC, until 2026-11-22 08:00 UTC: the database is being moved',
      cleared_by: 'ada, or anyone who may deploy this app',
      action: 'slipway unlock harbor production --start',
      skippable: false,
    });
  });

  it('sends those who wait for the lock on everything to an admin', () => {
    const [reason] = evaluateGates(facts({ locks: [{ ...lock, scope: 'everything' }] })).reasons;
    expect(reason).toMatchObject({ cleared_by: 'an admin', action: 'slipway unlock --start' });
  });

  it('counts those ahead and estimates the active one', () => {
    const third: QueuedFact = { ...other, name: 'harbor/production#9' };
    const { reasons } = evaluateGates(
      facts({
        ahead: [third, other],
        active: { name: 'harbor/production#8', state: 'running', remainingSeconds: 41.3 },
      }),
    );
    expect(reasons.map((reason) => reason.message)).toEqual([
      'harbor/production#8 is running, about 42 s to go; one deploy at a time',
      'behind harbor/production#9 and 1 more in the queue',
    ]);
  });
});

describe('passing a lock', () => {
  it.each<[GateFacts['deploy']['kind'], boolean, boolean]>([
    ['deploy', false, false],
    ['deploy', true, false],
    ['redeploy', false, false],
    ['redeploy', true, true],
    ['rollback', false, true],
    ['rollback', true, true],
  ])('%s, good there: %s → %s', (kind, goodHere, passes) => {
    const verdict = evaluateGates(facts({ deploy: { kind, goodHere }, locks: [lock] }));
    expect(passesLocks({ kind, goodHere })).toBe(passes);
    expect(verdict.allowed).toBe(passes);
    if (passes) expect(verdict.notes.join()).toContain('passed the lock on harbor/production by ada');
  });
});

describe('for any facts', () => {
  it('is allowed exactly when there is no reason against it', () => {
    check((given) => {
      const { allowed, reasons } = evaluateGates(given);
      expect(allowed).toBe(reasons.length === 0);
    });
  });

  it('a locked deploy starts only if it is of those that pass locks', () => {
    check((given) => {
      if (given.locks.length === 0 || passesLocks(given.deploy)) return;
      expect(evaluateGates(given).allowed).toBe(false);
    });
  });

  it('nothing starts beside an active deploy, held, or without a free runner', () => {
    check((given) => {
      const stopped = given.active !== null || given.deploy.held !== null || given.runners.free === 0;
      if (stopped || given.deploy.state !== 'queued') expect(evaluateGates(given).allowed).toBe(false);
    });
  });

  it('force changes nothing but optional checks', () => {
    check((given) => {
      const reasonsIf = (forced: boolean) =>
        evaluateGates({ ...given, deploy: { ...given.deploy, forced } }).reasons;
      const firm = (reasons: ReturnType<typeof reasonsIf>) => reasons.filter((reason) => !reason.skippable);
      expect(firm(reasonsIf(true))).toEqual(firm(reasonsIf(false)));
      expect(reasonsIf(true).some((reason) => reason.skippable)).toBe(false);
    });
  });

  it('force never skips a required check', () => {
    check((given) => {
      const unreported = {
        ...noRuns,
        required: ['never-reported'],
        optional: [],
        reported: given.checks.reported,
      };
      const forced = evaluateGates({
        ...given,
        checks: unreported,
        deploy: { ...given.deploy, forced: true, state: 'queued' },
      });
      expect(forced.reasons).toContainEqual(
        expect.objectContaining({ code: 'check_missing', skippable: false }),
      );
    });
  });

  it('what was skipped or passed is never kept quiet', () => {
    check((given) => {
      const { notes, reasons } = evaluateGates(given);
      if (given.deploy.state !== 'queued') return;
      const passed = passesLocks(given.deploy) ? given.locks.length : 0;
      const unforced = evaluateGates({ ...given, deploy: { ...given.deploy, forced: false } });
      expect(notes).toHaveLength(passed + unforced.reasons.length - reasons.length);
    });
  });

  it('each reason says who can clear it', () => {
    check((given) => {
      for (const reason of evaluateGates(given).reasons) {
        expect(reasonCodes).toContain(reason.code);
        expect(reason.message.length * reason.cleared_by.length).toBeGreaterThan(0);
      }
    });
  });
});

const checkName = fc.constantFrom('ci', 'ci / unit', 'ci / e2e', 'lint');
const pattern = fc.constantFrom('ci', 'ci / *', '*', 'lint', 'deploy-freeze');
const check$ = fc
  .tuple(checkName, fc.constantFrom(...(['queued', 'in_progress', 'success', 'failure', 'skipped'] as const)))
  .map(([name, outcome]): Check => {
    const completed = outcome !== 'queued' && outcome !== 'in_progress';
    return {
      name,
      status: completed ? 'completed' : outcome,
      conclusion: completed ? outcome : null,
      url: null,
      summary: '',
      workflow: null,
      job_id: null,
      run_id: null,
      green: completed && outcome !== 'failure',
      reported_at: '2026-11-21T08:00:00.000Z',
    };
  });
const facts$: fc.Arbitrary<GateFacts> = fc.record({
  deploy: fc.record({
    name: fc.constant('harbor/production#12'),
    kind: fc.constantFrom(...deployKinds),
    state: fc.oneof(
      { weight: 5, arbitrary: fc.constant('queued' as const) },
      fc.constantFrom(...deployStates),
    ),
    shortSha: fc.constant('3f2c9a41'),
    goodHere: fc.boolean(),
    held: fc.option(fc.constant({ reason: 'asked for' })),
    forced: fc.boolean(),
    environmentRemoved: fc.boolean(),
  }),
  locks: fc.array(
    fc.constantFrom('everything', 'harbor', 'harbor/production').map((scope) => ({ ...lock, scope })),
    { maxLength: 3 },
  ),
  active: fc.option(
    fc.record({
      name: fc.constant('harbor/production#10'),
      state: fc.constantFrom('running' as const, 'verifying' as const, 'cancelling' as const),
      remainingSeconds: fc.option(fc.double({ min: 0, max: 10_000, noNaN: true })),
    }),
  ),
  ahead: fc.array(
    fc.record({
      name: fc.constant('harbor/production#11'),
      kind: fc.constantFrom(...deployKinds),
      goodHere: fc.boolean(),
      held: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  checks: fc.record({
    required: fc.uniqueArray(pattern, { maxLength: 3 }),
    optional: fc.uniqueArray(pattern, { maxLength: 3 }),
    reported: fc.uniqueArray(check$, { selector: ({ name }) => name }),
    runs: fc.constant([]),
    notNeeded: fc.constant([]),
    planning: fc.constant(false),
  }),
  runners: fc
    .integer({ min: 0, max: 3 })
    .chain((alive) => fc.record({ alive: fc.constant(alive), free: fc.integer({ min: 0, max: alive }) })),
});

function check(property: (given: GateFacts) => void): void {
  fc.assert(fc.property(facts$, property), { numRuns: 500 });
}
