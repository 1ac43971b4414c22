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

describe('which jobs an environment takes', () => {
  const admit = (rules: Partial<EnvironmentRules>, ref: string, trusted = true) =>
    admitToEnvironment(
      'production',
      { waitMinutes: 7, approval: 'none', teams: [], branches: [], ...rules },
      { ref, trusted },
    );

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
    expect(admission.kind).toBe(admitted ? 'admitted' : 'refused');
    if (admission.kind === 'refused')
      expect(admission.reason).toMatch(`environment production is for ${branches.join(', ')} only`);
  });

  it('of forks those alone that wait for nobody’s approval', () => {
    expect(admit({}, 'refs/pull/7/merge', false)).toEqual({
      kind: 'admitted',
      waitMinutes: 7,
      approval: 'none',
    });
    for (const approval of ['deployers', 'teams'] as const) {
      expect(admit({ approval }, 'refs/pull/7/merge', false)).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('needs an approval'),
      });
      expect(admit({ approval }, 'refs/heads/main')).toMatchObject({ kind: 'admitted', approval });
    }
  });
});
