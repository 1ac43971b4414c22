import { expect, test } from 'vitest';
import { pullRequestOf } from './pullRequest.ts';

test.each<[string, string, number | null]>([
  ['Add login (#123)', '', 123],
  ['Add login (#123) ', '', 123],
  ['Add login (!77)', '', 77],
  ['Merge pull request #42 from ada/login', 'Add login', 42],
  ["Merge pull request 'Add login' (#9) from login into main", '', 9],
  ['Merged in login (pull request #12)', '', 12],
  ['Pull request #13: Add login', '', 13],
  ['Merged PR 14: Add login', '', 14],
  ["Merge branch 'login' into 'main'", 'Add login\n\nSee merge request group/sub/app!55', 55],
  ['Add login', 'Why.\n\nPull-Request: 31', 31],
  ['Add login', 'Why.\n\nPull-Request: #32\nSigned-off-by: Ada <a@b>', 32],
  ['Add login', 'PR-URL: https://github.com/org/app/pull/33\r\n', 33],
  ['Add login', 'Why.\n\nReviewed-on: https://gitea.example/org/app/pulls/34', 34],
  ['Add login', 'Merge-Request: https://gitlab.example/org/app/-/merge_requests/35#note_1', 35],
  ['Revert "Add login (#12)" (#15)', '', 15],
  ['Revert "Add login (#12)"', 'This reverts commit abc.', null],
  ['Fix #123', 'Closes #123', null],
  ['Add login', 'Pull-Request: 31\n\nThat was no trailer.', null],
  ['Add login', 'Pull-Request: soon', null],
  ['Add login (#99999999999999999999)', '', null],
  ['', '', null],
])('%j with %j is pull request %j', (subject, body, expected) => {
  expect(pullRequestOf(subject, body)).toBe(expected);
});
