import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deployStates, isFinal } from '../../contract/deploys.ts';
import {
  deployName,
  goodReleases,
  parseStates,
  predecessorsOf,
  previousRelease,
  type Release,
} from './deploy.ts';

/** Successful deploys of these commits, in this order. */
const shipped = (commits: string): Release[] =>
  [...commits].map((sha, index) => ({ deployId: 100 + index, number: index + 1, sha }));
const good = (commits: string) =>
  goodReleases(shipped(commits))
    .map((release) => release.sha)
    .join('');
const previous = (commits: string, attempt?: { sha: string; succeeded: boolean }) =>
  previousRelease(goodReleases(shipped(commits)), attempt)?.sha;

describe('the good releases', () => {
  it.each([
    ['', ''],
    ['A', 'A'],
    ['AB', 'AB'],
    ['AA', 'A'],
    ['ABA', 'A'],
    ['ABAC', 'AC'],
    ['ABCB', 'AB'],
    ['ABCA', 'A'],
    ['ABCBD', 'ABD'],
    ['ABAB', 'AB'],
  ])('after %s are %s', (commits, expected) => {
    expect(good(commits)).toBe(expected);
  });

  it('are known by the deploy that shipped them last', () => {
    expect(goodReleases(shipped('ABA'))).toEqual([{ deployId: 102, number: 3, sha: 'A' }]);
  });

  it('end with what is live, name each commit once, and stand in the order in which they were shipped', () => {
    fc.assert(
      fc.property(history$, (commits) => {
        const releases = goodReleases(shipped(commits));
        expect(releases.at(-1)?.sha).toBe(commits.at(-1));
        expect(new Set(releases.map((release) => release.sha)).size).toBe(releases.length);
        expect(releases.map((release) => release.number)).toEqual(
          releases.map((release) => release.number).toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it('lose exactly what was rolled back from', () => {
    fc.assert(
      fc.property(history$, fc.nat(), (commits, choice) => {
        const before = good(commits);
        const position = choice % before.length;
        expect(good(commits + before[position])).toBe(before.slice(0, position + 1));
      }),
    );
  });
});

describe('the previous release', () => {
  it.each([
    ['AB', 'A'],
    ['ABC', 'B'],
    ['A', undefined],
    ['', undefined],
    // Right after a rollback: never what was rolled back from.
    ['ABA', undefined],
    ['ABCB', 'A'],
    ['ABCBA', undefined],
    ['AABB', 'A'],
  ])('after %s is %s', (commits, expected) => {
    expect(previous(commits)).toBe(expected);
    expect(previous(commits, { sha: commits.at(-1) ?? 'A', succeeded: true })).toBe(expected);
  });

  it('is what an attempt that failed should have replaced', () => {
    expect(previous('AB', { sha: 'C', succeeded: false })).toBe('B');
    expect(previous('A', { sha: 'B', succeeded: false })).toBe('A');
    expect(previous('', { sha: 'A', succeeded: false })).toBeUndefined();
  });

  it('stays the release that an unfinished way back leads to', () => {
    expect(previous('ABC', { sha: 'B', succeeded: false })).toBe('B');
    expect(previous('ABC', { sha: 'C', succeeded: false })).toBe('C');
  });

  it('is never live, and never what the last deploy took away', () => {
    fc.assert(
      fc.property(history$, (commits) => {
        const back = previous(commits);
        if (back === undefined) return;
        expect(back).not.toBe(commits.at(-1));
        const rolledBack = commits + back;
        expect(previous(rolledBack)).not.toBe(commits.at(-1));
        expect(good(rolledBack)).not.toContain(commits.at(-1));
      }),
    );
  });

  it('leads, again and again, back to the first release and no further', () => {
    fc.assert(
      fc.property(history$, (commits) => {
        const first = good(commits)[0];
        let all = commits;
        for (let back = previous(all); back !== undefined; back = previous(all)) all += back;
        expect(all.at(-1)).toBe(first);
      }),
    );
  });
});

const history$ = fc.string({ unit: fc.constantFrom('A', 'B', 'C', 'D', 'E'), minLength: 1, maxLength: 12 });

describe('the lifecycle', () => {
  it('lets nothing leave a final state', () => {
    const left = new Set(deployStates.flatMap(predecessorsOf));
    expect(deployStates.filter((state) => !left.has(state))).toEqual(deployStates.filter(isFinal));
  });

  it('leads to success through the verification only', () => {
    expect(predecessorsOf('succeeded')).toEqual(['verifying', 'cancelling']);
    expect(predecessorsOf('running')).toEqual(['queued']);
    expect(predecessorsOf('superseded')).toEqual(['queued']);
    expect(predecessorsOf('queued')).toEqual([]);
  });
});

describe('a filter by state', () => {
  it('takes states and groups', () => {
    expect(parseStates('queued')).toEqual(['queued']);
    expect(parseStates('queued,active')).toEqual(['queued', 'running', 'verifying', 'cancelling']);
    expect(parseStates('done')).toEqual(['succeeded', 'failed', 'cancelled', 'superseded']);
  });

  it.each(['', 'broken', 'queued,', 'toString', '__proto__', 'Queued'])(
    'refuses %j and says what there is',
    (text) => {
      expect(() => parseStates(text)).toThrow(/is no state; use queued, running/);
    },
  );
});

it('names a deploy by its app, environment and number', () => {
  expect(deployName('harbor', 'production', 12)).toBe('harbor/production#12');
});
