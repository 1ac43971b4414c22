import { expect, it } from 'vitest';
import type { Preview } from '../../../contract/deploys.ts';
import { forceOffer } from './forceOffer.ts';
import { sentenceOf } from './sentence.ts';

const previewOf = (changes: Partial<Preview['changes']>, rest: Partial<Preview> = {}): Preview => ({
  app: 'harbor',
  environment: 'production',
  changes: {
    relation: 'forward',
    live_sha: 'a'.repeat(40),
    live_deploy: 'harbor/production#1',
    candidate: { ref: 'main', sha: 'b'.repeat(40), subject: 'B', author_name: 'Ada' },
    out: 0,
    away: 0,
    fetched_at: null,
    ...changes,
  },
  reasons: [],
  nothing_to_deploy: false,
  estimate_seconds: null,
  rollback_to: null,
  last_deploy: null,
  ...rest,
});
const said = (changes: Partial<Preview['changes']>) => sentenceOf(previewOf(changes));

it('says what goes out and what is taken away', () => {
  expect(said({ relation: 'initial', out: 7 })).toBe('The first deploy to production');
  expect(said({ relation: 'same' })).toBe('It is live in production already');
  expect(said({ out: 1 })).toBe('1 commit goes out to production');
  expect(said({ out: 1234 })).toBe('1,234 commits go out to production');
  expect(said({ relation: 'backward', away: 2 })).toBe(
    'It goes back: 2 commits are taken away from production',
  );
  expect(said({ relation: 'diverged', out: 1, away: 1 })).toBe(
    '1 commit goes out to production, and 1 commit is taken away',
  );
});

it('offers force where the server would refuse without it, and where it skips something', () => {
  const optional = {
    code: 'check_missing',
    message: 'e2e is missing',
    cleared_by: 'CI',
    action: null,
  } as const;
  expect(forceOffer(previewOf({}), undefined)).toBeUndefined();
  expect(forceOffer(previewOf({}, { nothing_to_deploy: true }), undefined)).toMatchObject({ needed: true });
  expect(forceOffer(previewOf({}, { reasons: [{ ...optional, skippable: true }] }), undefined)).toEqual({
    needed: false,
    label: 'Do not wait for the optional check',
    hint: 'e2e is missing',
  });
  expect(
    forceOffer(previewOf({}, { reasons: [{ ...optional, skippable: false }] }), undefined),
  ).toBeUndefined();
});
