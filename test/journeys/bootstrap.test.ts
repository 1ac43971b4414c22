import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { packageRoot } from '../../src/platform/settings.ts';
import { createEmptyTestDatabase, createTestDatabase } from '../harness/database.ts';
import { census, missingDatabase, query, readDump } from '../harness/dumps.ts';
import { createInstallation, type Finished, type Installation } from '../harness/installation.ts';
import { scoped } from '../harness/scoped.ts';

let here: Installation;
let dump: string;

beforeAll(async () => {
  here = await createInstallation();
  dump = join(here.home, 'berths.sql');
  await writeFile(dump, await readDump('pg12.sql'));
});

afterAll(() => here.close());

const bootstrap = (url: string, ...args: string[]): Promise<Finished> =>
  here.slipway(['bootstrap', ...args], { env: { DATABASE_URL: url } });

test('a newcomer: the database is created and loaded, and the next deploy finds it so', async () => {
  const { url, name } = await scoped(Promise.resolve(missingDatabase()));
  const first = await bootstrap(url, '--schema', dump, '--upgrade', 'echo migrated $DATABASE_URL');
  expect(first.code).toBe(0);
  const [created, loaded] = first.stdout.split('\n').filter((line) => !line.startsWith('migrated'));
  expect(created).toBe(`created database ${name}`);
  expect(loaded).toMatch(/^loaded .*berths\.sql: \d+ statements, 2 rows, 2\.\d kB in \d/);
  expect(first.stdout).toContain(`migrated ${url}`);

  const again = await bootstrap(url, '--schema', dump, '--json', '--upgrade', 'echo migrated');
  expect(again).toMatchObject({ code: 0, stderr: 'migrated\n' });
  expect(JSON.parse(again.stdout)).toMatchObject({
    database: name,
    created: false,
    loaded: 'already',
    statements: 0,
    rows: 0,
    upgrade: { code: 0, signal: null },
  });
});

test('bad input: nothing is written, the message says what to do, and the exit code is 2', async () => {
  const { url } = await scoped(createEmptyTestDatabase());
  const broken = join(here.home, 'broken.sql');
  await writeFile(broken, "create table a (id int);\ninsert into a values ('x');\n");
  const packed = join(here.home, 'cut.sql');
  const whole = gzipSync(await readDump('pg15.sql'));
  await writeFile(packed, whole.subarray(0, whole.length / 2));
  const cases: [args: string[], message: RegExp][] = [
    [
      ['--schema', broken],
      /broken\.sql:2:23: invalid input syntax for type integer: "x" \(22P02\)\n {2}statement: insert into a VALUES …\n {2}Nothing was loaded/,
    ],
    [['--schema', packed], /cut\.sql is cut off/],
    [['--schema', join(here.home, 'none.sql')], /there is no file/],
    [['--schema', here.home], /is a directory/],
    [['--schema', '-'], /standard input is empty/],
    [['--schema', dump, '--database-url', 'nonsense'], /--database-url is not a URL like postgresql:/],
    [['--upgrade', 'true'], /go with --schema/],
  ];
  for (const [args, message] of cases) {
    expect(await bootstrap(url, ...args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  }
  expect((await bootstrap('', '--schema', dump)).stderr).toContain('name the database: DATABASE_URL=');
  expect(await census(url)).toMatchObject({ tables: 0 });
});

test('two deploys at once: one loads, the other waits and finds it done', async () => {
  const { url } = await scoped(Promise.resolve(missingDatabase()));
  const both = await Promise.all(
    [1, 2].map(() => bootstrap(url, '--schema', dump, '--upgrade', 'sleep 0.5')),
  );
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const said = both.map(({ stdout, stderr }) => stdout + stderr);
  expect(said.filter((text) => text.includes('loaded ') && text.includes('statements'))).toHaveLength(1);
  expect(said.filter((text) => text.includes('nothing was changed'))).toHaveLength(1);
  expect(
    said.filter((text) => text.includes('another bootstrap of this database is running; waiting')),
  ).toHaveLength(1);
});

test('kill -9 in the middle of a load leaves nothing, and the next run loads', async () => {
  const { url } = await scoped(createEmptyTestDatabase());
  const killed = open(url, ['--schema', '-']);
  // EPIPE: it is killed before it has read all.
  killed.stdin.on('error', () => {});
  killed.stdin.write(`create table a (id int);\ncopy a from stdin;\n${'1\n'.repeat(200_000)}`);
  const copying =
    "select from pg_stat_activity where query = 'copy a from stdin;\n' and datname = current_database()";
  await vi.waitFor(async () => expect(await query(url, copying)).toHaveLength(1), { timeout: 60_000 });
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  await vi.waitFor(async () => expect(await query(url, copying)).toHaveLength(0), { timeout: 60_000 });
  expect(await census(url)).toMatchObject({ tables: 0 });
  expect(await bootstrap(url, '--schema', dump)).toMatchObject({ code: 0 });
});

test('an upgrade that fails exits with 4, and what was loaded stays', async () => {
  const { url } = await scoped(createEmptyTestDatabase());
  const failed = await bootstrap(url, '--schema', dump, '--upgrade', 'echo broken >&2; exit 3');
  expect(failed.code).toBe(4);
  expect(failed.stderr).toContain('broken\n');
  expect(failed.stderr).toContain('the upgrade command failed: exit code 3. What was loaded stays');
  expect(await census(url)).toMatchObject({ tables: 1 });
  const killed = await bootstrap(url, '--schema', dump, '--upgrade', 'kill -SEGV $$');
  expect(killed).toMatchObject({ code: 4, stderr: expect.stringContaining('it was killed by SIGSEGV') });
});

test('signals reach the upgrade, and it does not outlive who holds the lock', async () => {
  const { url } = await scoped(createEmptyTestDatabase());
  const patient = 'trap "echo heard; exit 7" TERM; echo pid $$; while :; do sleep 0.02; done';
  const told = open(url, ['--schema', dump, '--upgrade', patient]);
  const toldText = collect(told);
  await vi.waitFor(() => expect(toldText()).toContain('pid '), { timeout: 60_000 });
  told.kill('SIGTERM');
  expect(await once(told, 'close')).toEqual([4, null]);
  expect(toldText()).toMatch(/heard.*exit code 7/s);

  const killed = open(url, ['--schema', dump, '--upgrade', patient]);
  const killedText = collect(killed);
  await vi.waitFor(() => expect(killedText()).toContain('pid '), { timeout: 60_000 });
  killed.kill('SIGKILL');
  const pid = Number(/pid (\d+)/.exec(killedText())?.[1]);
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 60_000 });
});

test('a dump that is larger than the memory it takes, from another program', async () => {
  const { url } = await scoped(createEmptyTestDatabase());
  const loading = open(url, ['--schema', '-', '--upgrade', 'grep VmHWM /proc/$PPID/status']);
  const said = collect(loading);
  const closed = once(loading, 'close');
  await pipeline(Readable.from(largeDump(150)), loading.stdin);
  expect(await closed).toEqual([0, null]);
  expect(said()).toMatch(/loaded standard input: 1,0\d\d statements, [\d,]+ rows, 15\d MB/);
  expect(Number(/VmHWM:\s+(\d+) kB/.exec(said())?.[1])).toBeLessThan(200_000);
});

test('without --schema the database of Slipway itself is prepared', async () => {
  const { url, name } = await scoped(Promise.resolve(missingDatabase()));
  const first = await bootstrap(url);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(new RegExp(`^created database ${name}\nloaded the schema of Slipway\n`));
  expect(JSON.parse((await bootstrap(url, '--json')).stdout)).toEqual({
    database: name,
    created: false,
    loaded: 'already',
    applied: [],
  });
  const migrated = await scoped(createTestDatabase());
  expect((await bootstrap(migrated.url)).stdout).toBe('up to date; nothing was changed\n');
});

/** A `slipway bootstrap` whose input stays open. */
function open(url: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(join(packageRoot, 'bin/slipway'), ['bootstrap', ...args], {
    env: { ...process.env, HOME: here.home, DATABASE_URL: url },
    stdio: 'pipe',
  });
}

function collect({ stdout, stderr }: ChildProcessWithoutNullStreams): () => string {
  let text = '';
  for (const stream of [stdout, stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  return () => text;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A table of a thousand rows by INSERT, and one of so many megabytes by COPY. */
function* largeDump(megabytes: number): Generator<string> {
  yield 'create table small (id int, text text);\n';
  for (let id = 0; id < 1000; id += 1)
    yield `insert into small values (${id}, '${"it''s; ".repeat(1000)}');\n`;
  yield 'create unlogged table large (id int, text text);\ncopy large from stdin;\n';
  const rows = `1\t${'x'.repeat(90)}\n`.repeat(10_000);
  for (let written = 6_000_000; written < megabytes * 1_000_000; written += rows.length) yield rows;
  yield '\\.\n';
}
