import { expect, test } from 'vitest';
import { type JobSecrets, secretsOf } from './index.ts';

const at = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
const contexts = {
  github: {},
  inputs: {},
  vars: {},
  needs: {},
  strategy: {},
  matrix: { where: 'staging' },
};
const passed = (entries: Readonly<Record<string, string>>, of: JobSecrets): JobSecrets => ({
  entries: Object.entries(entries).map(([name, value]) => ({
    name: { value: name, at },
    text: { value, at },
  })),
  contexts,
  of,
});
const all = { GITHUB_TOKEN: 't', STAGING: 's', PRODUCTION: 'p' };

test('a job of the workflow sees all secrets, and one of a fork its token only', () => {
  expect(secretsOf('inherit', 'w.yml', all)).toEqual(all);
  expect(secretsOf('none', 'w.yml', all)).toEqual({ GITHUB_TOKEN: 't' });
  expect(secretsOf('none', 'w.yml', {})).toEqual({});
});

test('a called workflow sees what each call on the way to it passes on, by the name that it is given', () => {
  const outer = passed({ KEY: '${{ secrets[matrix.where] }}', NONE: '${{ secrets.MISSING }}' }, 'inherit');
  const inner = passed({ TOKEN: 'x-${{ secrets.KEY }}', LOST: '${{ secrets.PRODUCTION }}' }, outer);
  expect(secretsOf(outer, 'w.yml', all)).toEqual({ GITHUB_TOKEN: 't', KEY: 's' });
  expect(secretsOf(inner, 'w.yml', all)).toEqual({ GITHUB_TOKEN: 't', TOKEN: 'x-s' });
});
