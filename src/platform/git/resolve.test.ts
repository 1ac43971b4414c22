import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRepository, type Repository } from '../../../test/harness/git.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { resolveRef } from './resolve.ts';

let repository: Repository;
let first: string;
let second: string;

beforeAll(async () => {
  repository = await createRepository();
  first = await repository.commit();
  second = await repository.commit();
  await repository.branch('feature/login', first);
  await repository.branch('origin/odd', first);
  await repository.branch('both', first);
  await repository.tag('both', second);
  await repository.tag('v1.0', first, 'Version 1');
  await repository.tag('nested', 'v1.0', 'A tag of a tag');
  await repository.tag('tree', `${first}^{tree}`);
  await repository.branch('cafe', first);
});
afterAll(() => repository[Symbol.asyncDispose]());

const resolve = (ref: string) => resolveRef(repository.directory, ref);

test('branches, tags and shas resolve in that order', async () => {
  expect(await resolve('main')).toEqual({ ok: true, sha: second, kind: 'branch', name: 'main' });
  expect(await resolve('feature/login')).toMatchObject({ sha: first, kind: 'branch' });
  expect(await resolve('both')).toMatchObject({ sha: first, kind: 'branch' });
  expect(await resolve('cafe')).toMatchObject({ sha: first, kind: 'branch', name: 'cafe' });
  expect(await resolve('v1.0')).toEqual({ ok: true, sha: first, kind: 'tag', name: 'v1.0' });
  expect(await resolve('nested')).toMatchObject({ sha: first, kind: 'tag' });
  expect(await resolve(second)).toEqual({ ok: true, sha: second, kind: 'sha', name: second });
  expect(await resolve(second.slice(0, 7))).toEqual({ ok: true, sha: second, kind: 'sha', name: second });
  expect(await resolve(second.slice(0, 12).toUpperCase())).toMatchObject({ ok: true, sha: second });
});

test('full and remote names are understood, a real branch of such a name comes first', async () => {
  expect(await resolve('refs/heads/both')).toMatchObject({ sha: first, kind: 'branch' });
  expect(await resolve('refs/tags/both')).toMatchObject({ sha: second, kind: 'tag', name: 'both' });
  expect(await resolve('tags/both')).toMatchObject({ sha: second, kind: 'tag' });
  expect(await resolve('origin/main')).toMatchObject({ sha: second, kind: 'branch', name: 'main' });
  expect(await resolve('origin/odd')).toMatchObject({ kind: 'branch', name: 'origin/odd' });
  expect(await resolve('refs/slipway/kept/x')).toMatchObject({ ok: false, reason: 'unknown' });
});

test.each([
  '',
  '-',
  '--all',
  '-n1',
  'HEAD~1',
  'HEAD^',
  'main^{tree}',
  'main..dev',
  '@',
  '@{u}',
  'main@{1}',
  ':/fix',
  ':file',
  'main:file.txt',
  'a b',
  'a\nb',
  'a\0b',
  '*',
  'ma?n',
  'refs/heads/*',
  'a\\b',
  '/main',
  'main/',
  'a//b',
  '.a',
  'a/.b',
  'main.lock',
  'main.',
  'x'.repeat(2000),
])('%j is refused with a reason', async (ref) => {
  expect(await resolve(ref)).toMatchObject({
    ok: false,
    reason: 'invalid',
    message: expect.stringMatching(/is not a ref: \w+/),
  });
});

test('what is not there is explained with names like it', async () => {
  expect(await resolve('mian')).toMatchObject({ reason: 'unknown', suggestions: ['main'] });
  expect(await resolve('login')).toMatchObject({ reason: 'unknown', suggestions: ['feature/login'] });
  expect(await resolve('origin/featur/login')).toMatchObject({ suggestions: ['feature/login'] });
  expect(await resolve('something-else-entirely')).toMatchObject({ reason: 'unknown', suggestions: [] });
  expect(await resolve('0'.repeat(40))).toMatchObject({ reason: 'unknown' });
  expect(await resolve('feature')).toMatchObject({ reason: 'unknown', suggestions: ['feature/login'] });
  expect(await resolve('abc')).toMatchObject({ reason: 'unknown' });
});

test('what is no commit is not deployed', async () => {
  const tree = await repository.git('rev-parse', `${first}^{tree}`);
  expect(await resolve('tree')).toMatchObject({ reason: 'not_a_commit' });
  expect(await resolve(tree)).toMatchObject({ reason: 'not_a_commit' });
  expect(await resolve(tree.slice(0, 12))).toMatchObject({ reason: 'not_a_commit' });
});

test('a short sha of several commits is ambiguous and lists them', async () => {
  const crowded = await scoped(createRepository());
  const shas: string[] = [];
  const input = Array.from({ length: 1200 }, (_, n) => {
    return `commit refs/heads/main\nmark :${n + 1}\ncommitter A <a@b> ${n + 1} +0000\ndata 0\n\nget-mark :${n + 1}\n`;
  });
  shas.push(...(await crowded.fastImport(input)).split('\n').filter(Boolean));
  const [shared = ''] =
    [...Map.groupBy(shas, (sha) => sha.slice(0, 4))].find(([, group]) => group.length > 1) ?? [];
  const expected = shas.filter((sha) => sha.startsWith(shared)).sort();
  expect(await resolveRef(crowded.directory, shared)).toMatchObject({
    reason: 'ambiguous',
    candidates: expected,
  });
});

test('an empty repository says so', async () => {
  const empty = await scoped(createRepository());
  expect(await resolveRef(empty.directory, 'main')).toMatchObject({ ok: false, reason: 'empty_repository' });
});
