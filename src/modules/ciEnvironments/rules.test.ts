import { describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { admitToEnvironment, type EnvironmentRules, mayApprove } from './index.ts';

const person = (role: Actor['role'], teams: string[]): Actor => ({
  ...systemActor,
  kind: 'user',
  role,
  teams,
});

describe('who may approve', () => {
  const cases: [Actor['role'], string[], EnvironmentRules['approval'], boolean][] = [
    ['viewer', ['web'], 'deployers', false],
    ['viewer', ['sea'], 'teams', false],
    ['member', [], 'deployers', false],
    ['member', ['web'], 'deployers', true],
    ['member', ['web'], 'teams', false],
    ['member', ['sea'], 'teams', true],
    ['member', ['sea'], 'deployers', false],
    ['admin', [], 'teams', true],
    ['owner', [], 'deployers', true],
  ];
  it.each(cases)('a %s of %o, with approval by %s: %s', (role, teams, approval, may) => {
    const rules = { approval, teams: approval === 'teams' ? ['sea'] : [] };
    expect(mayApprove(person(role, teams), rules, { teams: ['web'] })).toBe(may);
  });
});

const now = new Date('2026-11-22T09:00:00Z');
const admit = (rules: Partial<EnvironmentRules>, ref: string, trusted = true) =>
  admitToEnvironment(
    'production',
    { waitMinutes: 0, approval: 'none', teams: [], branches: [], preventSelfReview: false, ...rules },
    { ref, trusted },
    now,
  );

describe('which jobs an environment takes', () => {
  it.each([
    [[], 'refs/pull/7/merge', true],
    [['main'], 'refs/heads/main', true],
    [['main'], 'refs/heads/maintenance', false],
    [['main'], 'refs/tags/main', false],
    [['main'], 'refs/pull/7/merge', false],
    [['release/*'], 'refs/heads/release/1', true],
    [['release/*'], 'refs/heads/release/1/2', false],
    [['release/**'], 'refs/heads/release/1/2', true],
    [['*'], 'refs/heads/feature/x', false],
    [['refs/tags/v*'], 'refs/tags/v1.2', true],
    [['refs/tags/v*'], 'refs/heads/v1.2', false],
    [['main', 'refs/pull/*/merge'], 'refs/pull/7/merge', true],
    [['(a+)+$'], `refs/heads/${'a'.repeat(60)}b`, false],
    [['fix(web)'], 'refs/heads/fix(web)', true],
  ] as [string[], string, boolean][])('with branches %o one of %s: %s', (branches, ref, admitted) => {
    const admission = admit({ branches }, ref);
    if (admitted) expect(admission).toEqual({ kind: 'open' });
    else
      expect(admission).toEqual({
        kind: 'refused',
        reason: expect.stringContaining(`environment production is for ${branches.join(', ')} only`),
      });
  });

  it('of forks those alone that wait for nobody’s approval', () => {
    const ref = 'refs/pull/7/merge';
    expect(admit({}, ref, false)).toEqual({ kind: 'open' });
    expect(admit({ waitMinutes: 7 }, ref, false)).toMatchObject({ kind: 'waits', needsApproval: false });
    for (const approval of ['deployers', 'teams'] as const) {
      expect(admit({ approval }, ref, false)).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('needs an approval'),
      });
      expect(admit({ approval }, ref)).toMatchObject({ kind: 'waits', needsApproval: true });
    }
  });
});

describe('what a job waits for', () => {
  const later = new Date('2026-11-22T09:07:00Z');
  const cases: [Partial<EnvironmentRules>, Date | null, string][] = [
    [{ waitMinutes: 7 }, later, 'until 2026-11-22 09:07 UTC'],
    [{ approval: 'deployers' }, null, 'for an approval by somebody who may deploy an app of the repository'],
    [
      { approval: 'teams', teams: ['sea', 'web'] },
      null,
      'for an approval by a member of sea or web, or an admin',
    ],
    [
      { approval: 'teams', waitMinutes: 7 },
      later,
      'for an approval by an admin and until 2026-11-22 09:07 UTC',
    ],
  ];
  it.each(cases)('with %o', (rules, notBefore, reason) => {
    expect(admit(rules, 'refs/heads/main')).toEqual({
      kind: 'waits',
      reason: `environment production makes it wait ${reason}`,
      needsApproval: rules.approval !== undefined,
      notBefore,
    });
  });
});
