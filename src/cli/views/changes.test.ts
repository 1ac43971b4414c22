import { expect, test } from 'vitest';
import { writeRelation } from './changes.ts';

const summary = {
  live_sha: null,
  live_deploy: null,
  candidate: { ref: 'main', sha: 'a'.repeat(40), subject: '', author_name: '' },
  fetched_at: null,
};

test.each([
  ['initial', 1234, 0, 'the first deploy here: 1,234 commits'],
  ['same', 0, 0, 'nothing to ship: it is live already'],
  ['forward', 1, 0, '1 commit goes out'],
  ['forward', 3, 0, '3 commits go out'],
  ['backward', 0, 3, 'goes back 3 commits'],
  ['diverged', 2, 1, 'the histories part: 2 commits go out, and 1 commit is taken away'],
  ['unrelated', 2, 9, 'the histories have nothing in common: 2 commits replace 9 commits'],
] as const)('%s, %i out, %i away: %s', (relation, out, away, words) => {
  expect(writeRelation({ ...summary, relation, out, away })).toBe(words);
});
