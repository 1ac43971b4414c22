import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, expect, test } from 'vitest';
import { isRoot, kill, mountRefused, Scratch } from '../../../test/harness/embeddedPostgres.ts';
import type { AppError } from '../errors.ts';
import { claimDataDirectory, type DataDirectoryClaim } from './index.ts';

const scratch = new Scratch();
const claims: DataDirectoryClaim[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const claim of claims.splice(0)) await claim.release();
  for (const child of children.splice(0)) await kill(child);
});

afterAll(() => scratch.removeAll());

async function claim(path: string): Promise<DataDirectoryClaim> {
  const claimed = await claimDataDirectory(path, new Date('2026-05-01T10:00:00Z'));
  claims.push(claimed);
  return claimed;
}

async function failureOf(path: string): Promise<AppError> {
  return claim(path).then(
    () => expect.fail(`${path} was claimed`),
    (error: AppError) => error,
  );
}

/** Another process that claims the directory and stays. */
async function claimElsewhere(path: string): Promise<ChildProcess> {
  const code = `
    import { claimDataDirectory } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    const claim = await claimDataDirectory(process.argv[1]);
    await claim.announce('http://127.0.0.1:7070');
    console.log('claimed');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(createInterface({ input: child.stdout }), 'line');
  return child;
}

test('creates the directory for us alone, and says who has it', async () => {
  const directory = join(scratch.directory(), 'a', 'slipway');
  await claim(directory);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(readdirSync(directory)).toEqual(['slipway.pid.json']);
  expect(statSync(join(directory, 'slipway.pid.json')).mode & 0o777).toBe(0o600);
  expect(await failureOf(directory)).toMatchObject({
    code: 'conflict',
    message: `Slipway already runs on ${directory} (pid ${process.pid}, since 2026-05-01T10:00:00.000Z). Stop it, or set SLIPWAY_DATA_DIR to another directory`,
  });
});

test('one process at a time, by whatever path; free again when it was killed', async () => {
  const directory = scratch.directory();
  const alias = join(scratch.directory(), 'alias');
  symlinkSync(directory, alias);
  const other = await claimElsewhere(directory);
  expect((await failureOf(alias)).message).toMatch(
    new RegExp(
      `^Slipway already runs on ${directory} \\(pid ${other.pid}, since .*, http://127\\.0\\.0\\.1:7070\\)\\. Stop it`,
    ),
  );
  await kill(other);
  const { directory: real } = await claim(alias);
  expect(real).toBe(directory);
});

test('of many at once exactly one gets it', async () => {
  const directory = scratch.directory();
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => claim(directory)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('released, it leaves nothing and can be claimed again', async () => {
  const directory = scratch.directory();
  await (await claimDataDirectory(directory)).release();
  expect(readdirSync(directory)).toEqual([]);
  await claim(directory);
});

test('a stranger who holds the name is not called a Slipway', async () => {
  const directory = scratch.directory();
  await claim(directory);
  const { details } = await failureOf(directory);
  await claims.pop()?.release();
  // A Slipway that has ended, and whose pid another process has by now.
  const former = {
    identity: { pid: process.pid, startTicks: 1, bootId: 'x' },
    host: 'h',
    since: '2026-05-01T10:00:00.000Z',
  };
  writeFileSync(join(directory, 'slipway.pid.json'), JSON.stringify(former));
  const stranger = createServer().listen(`\0${details.socketName}`);
  await once(stranger, 'listening');
  const { code, message } = await failureOf(directory);
  expect(code).toBe('conflict');
  expect(message).toMatch(/^another process holds the name that protects .* `ss -xlp` shows the holder/);
  expect(message).not.toMatch(/already runs|pid \d/);
  stranger.close();
});

test('a pid file that cannot be understood does not matter', async () => {
  const directory = scratch.directory();
  writeFileSync(join(directory, 'slipway.pid.json'), '{"pid": 1');
  await claim(directory);
  expect(JSON.parse(readFileSync(join(directory, 'slipway.pid.json'), 'utf8')).identity.pid).toBe(
    process.pid,
  );
});

test('a full disk, and it is not claimed afterwards', async ({ skip }) => {
  const directory = scratch.mount(['-t', 'tmpfs', '-o', 'size=64k,mode=700', 'tmpfs']);
  if (directory === undefined) return skip(mountRefused);
  spawnSync('dd', ['if=/dev/zero', `of=${join(directory, 'filler')}`, 'bs=4096']);
  const message = `the disk of ${directory} is full. Free some space there, or set SLIPWAY_DATA_DIR to another directory`;
  expect(await failureOf(directory)).toMatchObject({ code: 'unavailable', message });
  expect(readdirSync(directory)).toEqual(['filler']);
  spawnSync('truncate', ['--size', '0', join(directory, 'filler')]);
  await claim(directory);
});

test('a read-only file system, whether the directory exists or not', async ({ skip }) => {
  const directory = scratch.mount(['-t', 'tmpfs', '-o', 'ro,mode=700', 'tmpfs']);
  if (directory === undefined) return skip(mountRefused);
  for (const path of [directory, join(directory, 'slipway')]) {
    expect(await failureOf(path)).toMatchObject({
      code: 'unavailable',
      message: `${path} is on a read-only file system. Remount it writable, or set SLIPWAY_DATA_DIR to another directory`,
    });
  }
});

test('another user’s directory', async ({ skip }) => {
  const directory = scratch.directory();
  skip(!isRoot, 'giving a directory away needs root');
  chownSync(directory, 1234, 1234);
  expect((await failureOf(directory)).message).toMatch(
    /belongs to uid 1234, but Slipway runs as uid 0\. Run it as that user, hand the directory over \(chown -R 0 /,
  );
});

test('a directory that everybody may write', async () => {
  const directory = scratch.directory();
  chmodSync(directory, 0o777);
  expect((await failureOf(directory)).message).toMatch(/is writable by every user.* chmod o-w /);
});

test('a file in its place, or in its path', async () => {
  const file = join(scratch.directory(), 'file');
  writeFileSync(file, '');
  for (const path of [file, join(file, 'slipway')]) {
    expect((await failureOf(path)).message).toMatch(
      /cannot be a directory: it, or a part of its path, is a file/,
    );
  }
  expect(existsSync(file)).toBe(true);
});

test('a link to a disk that is not mounted, or a place where nothing can be created', async () => {
  const link = join(scratch.directory(), 'link');
  symlinkSync('/nonexistent/slipway', link);
  for (const path of [link, join(link, 'below')]) {
    expect((await failureOf(path)).message).toMatch(
      /link is a symbolic link to a place that does not exist\. Is a disk/,
    );
  }
  expect((await failureOf('/proc/slipway/data')).message).toMatch(
    /^\/proc\/slipway cannot be created there\. Set/,
  );
});

test('the name dies with the process, not with its children', async () => {
  const directory = scratch.directory();
  mkdirSync(join(directory, 'x'));
  const code = `
    import { spawn } from 'node:child_process';
    import { claimDataDirectory } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    await claimDataDirectory(process.argv[1]);
    console.log(spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }).pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  try {
    await kill(child);
    await claim(directory);
  } finally {
    process.kill(Number(line), 'SIGKILL');
  }
});
