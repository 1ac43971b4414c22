import { describe, expect, test } from 'vitest';
import type { Plan, PlanAction, PlanItem } from '../../../../contract/provisioning.ts';
import { countsOf, isDestructive, shownChange, summaryOf, takenAway } from './planModel.ts';

const none: Plan['counts'] = { create: 0, change: 0, renumber: 0, replace: 0, delete: 0, skip: 0 };
const item = (action: PlanAction): PlanItem => ({
  action,
  kind: 'project',
  name: 'checkout',
  team: 'Payments',
  line: 12,
  changes: [],
  reason: null,
});
const planOf = (...actions: PlanAction[]): Plan => {
  const counts = { ...none };
  for (const action of actions) counts[action]++;
  return { file: 'slipway.yml', items: actions.map(item), counts, warnings: [] };
};

describe('a plan in one line', () => {
  test('says what it would do, and what it did, with the actions in their order', () => {
    const plan = planOf('skip', 'create', 'create', 'renumber');
    expect(summaryOf(plan, 'future')).toBe('2 to create, 1 to renumber, 1 to skip');
    expect(summaryOf(plan, 'past')).toBe('2 created, 1 renumbered, 1 skipped');
    expect(countsOf(plan).map(({ action }) => action)).toEqual(['create', 'renumber', 'skip']);
  });

  test('says that nothing differs', () => {
    expect(summaryOf(planOf(), 'future')).toBe('Nothing to change');
    expect(summaryOf(planOf(), 'past')).toBe('Nothing has changed');
  });
});

describe('a change of a value', () => {
  test.each([
    [null, null, 'hidden'],
    [null, 'web', 'set'],
    ['web', null, 'removed'],
    ['web', 'core', 'changed'],
    [null, '', 'set'],
  ] as const)('from %s to %s is %s', (from, to, kind) => {
    expect(shownChange({ field: 'team', from, to }).kind).toBe(kind);
  });
});

describe('what does not come back', () => {
  test('is said of what is deleted or replaced, and of nothing else', () => {
    expect(isDestructive(planOf('create', 'change', 'renumber', 'skip'))).toBe(false);
    expect(isDestructive(planOf('create', 'delete'))).toBe(true);
    expect(takenAway(item('replace'))).toContain('with its keys and history');
    expect(takenAway({ action: 'delete', kind: 'team' })).toBe('Deletes the team.');
  });
});
