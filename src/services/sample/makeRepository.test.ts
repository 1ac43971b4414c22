import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fastImportStream } from '../../../sample/history/fastImport.ts';
import { readSampleFiles } from '../../../sample/history/readSampleFiles.ts';
import { type StoryEntry, story } from '../../../sample/history/story.ts';
import { tellStory } from '../../../sample/history/tellStory.ts';
import { listRefs, runGit } from '../../platform/git/index.ts';
import { makeRepository } from './makeRepository.ts';

const now = new Date('2026-11-21T12:00:00Z');

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-sample-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function git(gitDir: string, ...args: string[]): Promise<string> {
  return (await runGit(args, { gitDir })).toString().trim();
}

test('the repository has three weeks of history by five people, and is sound', async () => {
  const directory = join(await temporaryDirectory(), 'harbor.git');
  expect(await makeRepository(directory, now)).toBe(true);
  await git(directory, 'fsck', '--strict');
  const refs = (await listRefs(directory)).map(({ name }) => name).sort();
  expect(refs).toEqual(['broken-health', 'broken-tests', 'lighthouse', 'main', 'v1.0', 'v1.1']);
  const authors = new Set((await git(directory, 'log', '--format=%an', 'main')).split('\n'));
  expect(authors.size).toBe(5);
  expect((await git(directory, 'rev-list', '--merges', 'main')).split('\n')).toHaveLength(3);
  const [newest, ...older] = (await git(directory, 'log', '--format=%ct', 'main')).split('\n').map(Number);
  expect(newest).toBeLessThan(now.getTime() / 1000);
  expect((newest ?? 0) - (older.at(-1) ?? 0)).toBeGreaterThan(20 * 86_400);
});

test('the tip of main is sample/app/main', async () => {
  const files = await readSampleFiles();
  const history = tellStory(story, files);
  const tip = history.commits[history.branches.get('main') ?? -1];
  expect(Object.fromEntries(tip?.tree ?? [])).toEqual(Object.fromEntries(files.get('main') ?? []));
});

test('what an interrupted start left is removed; what is complete is never made again', async () => {
  const directory = join(await temporaryDirectory(), 'harbor.git');
  await mkdir(`${directory}.unfinished/refs`, { recursive: true });
  await writeFile(`${directory}.unfinished/HEAD`, 'half a li');
  expect(await makeRepository(directory, now)).toBe(true);
  const before = await git(directory, 'rev-parse', 'main');
  expect(await makeRepository(directory, new Date(now.getTime() + 86_400_000))).toBe(false);
  expect(await git(directory, 'rev-parse', 'main')).toBe(before);
});

test('a story that does not fit its files is refused by name', async () => {
  const files = await readSampleFiles();
  const wrong: StoryEntry[] = [
    ...story,
    {
      kind: 'commit',
      branch: 'wrong',
      author: { name: 'Nobody', email: 'nobody@harbor.example' },
      daysAgo: 0,
      message: 'Change what is not there',
      adds: [],
      edits: [{ file: 'README.md', was: 'a sentence that is not there', now: '' }],
    },
  ];
  expect(() => tellStory(wrong, files)).toThrow(/"Change what is not there": not exactly once in README.md/);
});

test('the stream is the same every time', async () => {
  const files = await readSampleFiles();
  const stream = () => fastImportStream(tellStory(story, files), now);
  expect(stream()).toBe(stream());
});
