import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../contract/repositories.ts';
import { type CheckConclusion, isGreen } from '../../contract/states.ts';
import { evaluateChecks } from './checkGate.ts';
import { matches } from './checkStanding.ts';

const deploy = { name: 'harbor/production#12', shortSha: '3f2c9a41', forced: false };
const reported = (name: string, outcome: string, summary = ''): Check => {
  const completed = outcome !== 'queued' && outcome !== 'in_progress';
  return {
    name,
    status: completed ? 'completed' : outcome,
    conclusion: completed ? outcome : null,
    url: null,
    summary,
    workflow: null,
    job_id: null,
    run_id: null,
    green: completed && isGreen(outcome as CheckConclusion),
    reported_at: '2026-11-21T08:00:00.000Z',
  } as Check;
};
const evaluate = (required: string[], checks: Check[], forced = false, optional: string[] = []) =>
  evaluateChecks(
    { required, optional, reported: checks, runs: [], notNeeded: [], planning: false },
    { ...deploy, forced },
  );

describe('a required check', () => {
  it.each([
    ['success', []],
    ['neutral', []],
    ['skipped', []],
    ['failure', ['check_failed']],
    ['cancelled', ['check_failed']],
    ['timed_out', ['check_failed']],
    ['action_required', ['check_failed']],
    ['queued', ['check_pending']],
    ['in_progress', ['check_pending']],
  ])('that ended with %s', (outcome, codes) => {
    expect(evaluate(['ci'], [reported('ci', outcome)]).reasons.map((reason) => reason.code)).toEqual(codes);
  });

  it('that nobody reported is missing, and missing is never green', () => {
    const { reasons } = evaluate(['ci', 'ci / *'], [reported('lint', 'success')]);
    expect(reasons.map((reason) => reason.code)).toEqual(['check_missing', 'check_missing']);
    expect(reasons[0]?.message).toBe('the required check "ci" was never reported for 3f2c9a41');
  });

  it('is not skipped by force', () => {
    expect(evaluate(['ci'], [reported('ci', 'failure')], true)).toMatchObject({
      reasons: [{ code: 'check_failed', skippable: false }],
      notes: [],
    });
  });

  it('with a pattern needs all that match, and tells the worst', () => {
    const checks = [
      reported('ci / unit', 'success'),
      reported('ci / e2e', 'queued'),
      reported('ci / fuzz', 'failure'),
    ];
    expect(evaluate(['ci / *'], checks).reasons.map((reason) => reason.message)).toEqual([
      'the required check "ci / fuzz" ended with failure for 3f2c9a41',
    ]);
    expect(evaluate(['ci / *'], checks.slice(0, 2)).reasons.map((reason) => reason.message)).toEqual([
      'the required check "ci / e2e" is queued for 3f2c9a41',
    ]);
    expect(evaluate(['ci / *'], checks.slice(0, 1)).reasons).toEqual([]);
  });

  it('that failed tells the first line of its summary, and the way out', () => {
    const [reason] = evaluate(
      ['ci'],
      [reported('ci', 'failure', '3 of 214 tests failed\nsee the log')],
    ).reasons;
    expect(reason?.message).toMatch(/: 3 of 214 tests failed$/);
    expect(reason?.action).toBe('slipway cancel harbor/production#12');
  });
});

describe('an optional check', () => {
  it('stops a deploy, until it is forced past it, and that is noted', () => {
    const checks = [reported('lint', 'failure')];
    expect(evaluate([], checks, false, ['lint']).reasons).toMatchObject([{ skippable: true }]);
    const forced = evaluate([], checks, true, ['lint']);
    expect(forced.reasons).toEqual([]);
    expect(forced.notes).toEqual([
      'forced past the optional check "lint": the optional check "lint" ended with failure for 3f2c9a41',
    ]);
  });
});

describe('a pattern', () => {
  it.each([
    ['ci', 'ci', true],
    ['ci', 'ci2', false],
    ['', '', true],
    ['*', '', true],
    ['*', 'a\nb', true],
    ['ci / *', 'ci / unit', true],
    ['ci / *', 'ci /', false],
    ['*.ci', 'x.ci', true],
    ['*.ci', 'xaci', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'axxcyyb', false],
    ['ab*ba', 'aba', false],
    ['[x]*', '[x] y', true],
    ['(a|b)*', 'a', false],
  ])('%j on %j: %s', (given, name, expected) => {
    expect(matches(given, name)).toBe(expected);
  });

  it('means the same as the regular expression it looks like', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (given, name) => {
        expect(matches(given, name)).toBe(new RegExp(`^${given.replaceAll('*', '.*')}$`).test(name));
      }),
      { numRuns: 2000 },
    );
  });

  it('comes to an end, however many stars it has', () => {
    expect(matches(`${'*a'.repeat(40)}*b`, 'a'.repeat(200))).toBe(false);
  });
});
