import { expect, it } from 'vitest';
import { contentsOf, type Link } from '../../lib/history.ts';
import { bracketBetween, bracketWords } from './bracket.ts';

/** "m>c,s": m has the parents c and s. */
const rowsOf = (text: string): Link[] =>
  text.split(' ').map((row) => {
    const [sha = '', parents = ''] = row.split('>');
    return { sha, parents: parents === '' ? [] : parents.split(',') };
  });

// m merges s, which branched off b.
const merged = rowsOf('e>m m>c,s s>b c>b b>a a');

const said = (rows: Link[], live: string | null, candidate: string) => {
  const bracket = bracketBetween(rows, live, candidate);
  return bracket && { ...bracket, out: [...bracket.out].join(''), away: [...bracket.away].join('') };
};

it('goes forward over what the candidate has and live has not, whatever lies between the rows', () => {
  expect(said(merged, 'b', 'e')).toMatchObject({ relation: 'forward', out: 'emsc', away: '' });
  expect(said(merged, 'b', 'c')).toMatchObject({ relation: 'forward', out: 'c', away: '' });
  expect(said(merged, 'c', 'm')).toMatchObject({ relation: 'forward', out: 'ms', away: '' });
});

it('goes back over what is taken away', () => {
  expect(said(merged, 'e', 'c')).toMatchObject({ relation: 'backward', out: '', away: 'ems' });
});

it('does both between branches', () => {
  expect(said(merged, 's', 'c')).toMatchObject({ relation: 'diverged', out: 'c', away: 's' });
});

it('is the first deploy where nothing is live, and nothing where it is live already', () => {
  expect(said(merged, null, 'b')).toMatchObject({ relation: 'initial', out: 'ba', more: false });
  expect(said(merged, 'b', 'b')).toMatchObject({ relation: 'same', out: '', away: '' });
});

it('does not guess what is live beyond the rows', () => {
  expect(said(merged, 'elsewhere', 'e')).toMatchObject({ relation: 'beyond', out: '', more: true });
  expect(said(merged, 'b', 'elsewhere')).toBeUndefined();
});

it('counts exactly when both rest on the same rows that are not shown, and says "more" otherwise', () => {
  const cut = rowsOf('e>d d>c');
  expect(said(cut, 'd', 'e')).toMatchObject({ relation: 'forward', out: 'e', more: false });
  const sideGoesOn = rowsOf('e>d,s s>old d>c');
  expect(said(sideGoesOn, 'd', 'e')).toMatchObject({ relation: 'forward', out: 'es', more: true });
});

it('says it in words', () => {
  const words = (live: string | null, candidate: string) => {
    const bracket = bracketBetween(merged, live, candidate);
    return bracket && bracketWords(bracket);
  };
  expect(words('b', 'e')).toBe('4 out');
  expect(words('e', 'b')).toBe('4 back');
  expect(words('s', 'c')).toBe('1 out, 1 back');
  expect(words(null, 'c')).toBe('first deploy');
  expect(words('x', 'c')).toBe('off this chart');
});

it('reads thousands of commits in a few milliseconds', () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ sha: `${index}`, parents: [`${index + 1}`] }));
  const started = performance.now();
  expect(contentsOf(rows, '0')?.shas.size).toBe(20_000);
  expect(performance.now() - started).toBeLessThan(500);
});
