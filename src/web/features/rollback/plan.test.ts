import { describe, expect, it } from 'vitest';
import type { Deploy, Release, Releases } from '../../../contract/deploys.ts';
import { defaultLockReason, planRollback, rollbackTargets } from './plan.ts';

const release = (number: number): Release => ({
  number,
  name: `harbor/production#${number}`,
  sha: String(number).repeat(40),
  short_sha: String(number).repeat(8),
  title: `Release ${number}`,
  author: 'Ada',
  requested_by: { kind: 'user', name: 'ada' },
  finished_at: '2026-11-20T10:00:00.000Z',
});
const attempt = { number: 9, short_sha: '99999999', sha: '9'.repeat(40) } as Deploy;

const releases = (changes: Partial<Releases> = {}): Releases => ({
  items: [release(3), release(2), release(1)],
  previous: 2,
  in_doubt: null,
  last_rollback_seconds: null,
  ...changes,
});

describe('a rollback', () => {
  it('leads to the previous release, unless told', () => {
    expect(planRollback(releases(), undefined)).toMatchObject({
      target: { number: 2 },
      takesAway: 'releases',
    });
    expect(planRollback(releases(), 1)?.target.number).toBe(1);
  });

  it('never leads to what is live and stands firmly', () => {
    expect(rollbackTargets(releases()).map((each) => each.number)).toEqual([2, 1]);
    expect(planRollback(releases(), 3)?.target.number).toBe(2);
  });

  it('repairs what an attempt left: what is live comes back, and the commits of the attempt go', () => {
    const doubtful = releases({ in_doubt: attempt, previous: 3 });
    expect(rollbackTargets(doubtful).map((each) => each.number)).toEqual([3, 2, 1]);
    expect(planRollback(doubtful, undefined)).toMatchObject({ target: { number: 3 }, takesAway: 'attempt' });
  });

  it('has nowhere to lead when there is no other good release', () => {
    expect(planRollback(releases({ items: [release(1)], previous: null }), undefined)).toBeUndefined();
    expect(planRollback(releases({ items: [], previous: null }), undefined)).toBeUndefined();
  });

  it('names what was bad in the reason of its lock', () => {
    const plan = planRollback(releases(), undefined);
    expect(plan && defaultLockReason(plan)).toContain('33333333 (#3)');
    const repair = planRollback(releases({ in_doubt: attempt, previous: 3 }), undefined);
    expect(repair && defaultLockReason(repair)).toContain('99999999 (#9)');
  });
});
