import { describe, expect, it } from 'vitest';
import { readEnvironment, waitText } from './environment.ts';

const form = (typed: Readonly<Record<string, string | readonly string[]>>) => {
  const all = (name: string) => [typed[name] ?? []].flat();
  return {
    text: (name: string) => (all(name)[0] ?? '').trim(),
    exact: (name: string) => all(name)[0] ?? '',
    checked: (name: string) => name in typed,
    all,
  };
};
const read = (typed: Parameters<typeof form>[0], name?: string) =>
  readEnvironment(form(typed), name, ['Production']);

describe('what the form of an environment says', () => {
  it('is read whole: a glob a line, and teams only where teams approve', () => {
    const typed = { name: ' staging ', wait: '10', approval: 'teams', teams: ['web', 'sea'] };
    expect(read({ ...typed, branches: ' main\n\nrelease/** \n' })).toEqual({
      name: 'staging',
      rules: {
        wait_minutes: 10,
        approval: 'teams',
        teams: ['web', 'sea'],
        branches: ['main', 'release/**'],
        prevent_self_review: false,
      },
    });
    expect(read({ ...typed, approval: 'deployers' })).toMatchObject({ rules: { teams: [], branches: [] } });
  });

  it.each([
    [{ name: '' }, { name: 'It is empty.' }],
    [{ name: 'PRODUCTION' }, { name: 'There is Production already; open it to change its rules.' }],
    [{ name: 'x', wait: '1.5' }, { wait: 'Whole minutes, from 0 to 43200 (30 days).' }],
    [{ name: 'x', wait: '43201' }, { wait: 'Whole minutes, from 0 to 43200 (30 days).' }],
    [{ name: 'x', approval: 'teams' }, { teams: 'Choose at least one team.' }],
    [
      { name: 'x', approval: 'teams', teams: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
      { teams: 'At most 6 teams; 7 are chosen.' },
    ],
  ])('%j is refused at its field', (typed, problems) => {
    expect(read(typed)).toEqual({ problems });
  });

  it('changes the rules of one that is there under its name', () => {
    expect(read({ wait: '' }, 'Production')).toMatchObject({
      name: 'Production',
      rules: { wait_minutes: 0 },
    });
  });
});

it.each([
  [0, 'none'],
  [10, '10 min'],
  [90, '1 h 30 min'],
  [43_200, '30 d'],
])('a wait of %i minutes is %s', (minutes, text) => {
  expect(waitText(minutes)).toBe(text);
});
