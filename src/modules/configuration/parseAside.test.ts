import { expect, it } from 'vitest';
import { formatProblem, type ParseResult, parseConfiguration, parseConfigurationAside } from './index.ts';
import { referencesInAside } from './parseAside.ts';

const context = { urlPrefix: 'https://errors.example.com', values: { '${KEY}': 'c0ffee' } };

/** Ids and keys from 1 on, `perTeam` projects a team. */
function fileOf(teams: number, perTeam: number, secret = 'sec'): string {
  const lines = ['teams:'];
  for (let team = 0; team < teams; team += 1) {
    lines.push(`  - name: Team ${team}`, '    projects:');
    for (let number = 1; number <= perTeam; number += 1) {
      const id = team * perTeam + number;
      lines.push(`      project-${id}: https://key${id}:${secret}@errors.example.com/${id}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const problemsOf = (result: ParseResult) => (result.ok ? [] : result.problems.map(formatProblem));

it('10,000 projects are read as they are inline, while this thread goes on', async () => {
  const file = fileOf(200, 50, '${KEY}');
  let turns = 0;
  const clock = setInterval(() => {
    turns += 1;
  }, 1);
  const aside = await parseConfigurationAside(file, 'fixtures.yml', context);
  clearInterval(clock);
  const inline = parseConfiguration(file, 'fixtures.yml', {
    urlPrefix: context.urlPrefix,
    value: () => 'c0ffee',
  });
  expect(aside).toEqual(inline);
  expect(turns).toBeGreaterThan(20);
  expect(await referencesInAside(file)).toEqual(['${KEY}']);
});

it('takes bytes, also those that are no UTF-8', async () => {
  const bytes = Buffer.from(fileOf(10, 200));
  expect((await parseConfigurationAside(bytes, 'f', context)).ok).toBe(true);
  bytes[60_000] = 0xff;
  expect(problemsOf(await parseConfigurationAside(bytes, 'f', context))[0]).toMatch(
    /the file is not UTF-8 from here/,
  );
});

it('a file that takes too long ends at the deadline', async () => {
  const limits = { deadlineMs: 300, heapMegabytes: 512 };
  const result = await parseConfigurationAside('\n\t'.repeat(8_000_000), 'fixtures.yml', context, limits);
  expect(problemsOf(result)).toEqual([
    'fixtures.yml:1:1 the file takes more than 0.3 s to read; split it, or look for what should not be in it',
  ]);
});

it('a file that takes too much memory ends at the limit', async () => {
  const limits = { deadlineMs: 60_000, heapMegabytes: 48 };
  const result = await parseConfigurationAside('['.repeat(4_000_000), 'fixtures.yml', context, limits);
  expect(problemsOf(result)).toEqual([
    'fixtures.yml:1:1 the file takes more than 48 MiB of memory to read; split it, or look for what should not be in it',
  ]);
});

it('no more than two files are read at once, whatever they take', async () => {
  const limits = { deadlineMs: 300, heapMegabytes: 256 };
  const endless = `teams:\n${'- name: a\n'.repeat(1_000_000)}`;
  const began = performance.now();
  await Promise.all([1, 2, 3].map(() => parseConfigurationAside(endless, 'fixtures.yml', context, limits)));
  expect(performance.now() - began).toBeGreaterThan(2 * limits.deadlineMs - 20);
});

it('a file that is too large is not read', async () => {
  const result = await parseConfigurationAside(Buffer.alloc(50_000_000, 'a'), 'fixtures.yml', context);
  expect(problemsOf(result)).toEqual([
    'fixtures.yml:1:1 the file has 50000000 bytes; at most 16777216 are read',
  ]);
});

it.each<[string, string, string]>([
  [
    'aliases that multiply',
    `a0: &a0 [x]\n${Array.from({ length: 40 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(10)}]`).join('\n')}`,
    'aliases expand to more than 10000 values',
  ],
  [
    'an anchor in itself',
    'teams: &t [ { name: a, projects: *t } ]',
    'fixtures.yml:1:34 team "a": `*t` contains itself',
  ],
  ['30,000 brackets', `teams: ${'['.repeat(30_000)}`, 'nested too deeply'],
  [
    '30,000 times the same project',
    `teams:\n- name: a\n  projects:\n${'    a: x\n'.repeat(30_000)}`,
    'duplicate key `a` (line 4)',
  ],
  [
    '30,000 times the same team',
    `teams:\n${'- name: a\n'.repeat(30_000)}`,
    'its name is already used by team "a" (line 2)',
  ],
  [
    '30,000 unknown keys',
    `admin:\n${Array.from({ length: 30_000 }, (_, n) => `  usernam${n}: a`).join('\n')}`,
    'unknown key `usernam0`; did you mean `username`?',
  ],
  [
    'a DSN of a million @',
    `teams:\n- name: a\n  projects:\n    a: https://${'@'.repeat(1_000_000)}`,
    'a key of its DSN contains',
  ],
  [
    'a million references',
    `admin: { username: "${'${A}'.repeat(1_000_000)}" }`,
    'refers to the environment variable `A`',
  ],
  [
    'a million times ${',
    `admin: { username: "${'${'.repeat(1_000_000)}" }`,
    'has a `${` that is no reference',
  ],
])('%s', async (_, source, expected) => {
  const limits = { deadlineMs: 150_000, heapMegabytes: 1024 };
  const result = await parseConfigurationAside(source, 'fixtures.yml', context, limits);
  expect(problemsOf(result).join('\n')).toContain(expected);
});
