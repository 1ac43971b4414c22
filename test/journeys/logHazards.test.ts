import { existsSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deploy } from '../../src/contract/deploys.ts';
import { api } from '../../src/contract/index.ts';
import { mountRefused, Scratch } from '../harness/embeddedPostgres.ts';
import { createShip, eventually, type Ship } from '../harness/ship.ts';

let ship: Ship;
const scratch = new Scratch();
beforeAll(async () => {
  ship = await createShip();
});
afterAll(async () => {
  await ship.close();
  scratch.removeAll();
});

interface Line {
  readonly text: string;
  readonly seenAt: number;
}

/** Follows a log and notes when each piece of it came; ends with the log, or when `end` aborts. */
async function follow(deploy: Deploy, pieces: Line[], end = new AbortController()): Promise<void> {
  const { app, environment, number } = deploy;
  const input = { params: { app, environment, number }, query: {} };
  for await (const { event, data } of ship.client.stream(api.followLog, input, { signal: end.signal })) {
    if (event === 'log') pieces.push({ text: (data as { text: string }).text, seenAt: Date.now() });
  }
}

test('a line is seen within moments of being written, and the last one of a quiet process too', async () => {
  await ship.closeGate('staging');
  const lines = 40;
  const gate = join(ship.scratch, 'staging-closed');
  const run = `
for (( i = 0; i < ${lines}; i++ )); do echo "at $EPOCHREALTIME"; sleep 0.025; done
printf 'no newline at %s' "$EPOCHREALTIME"
while [ -e "${gate}" ]; do sleep 0.02; done
`;
  await ship.configure({ app: { steps: [{ name: 'Tell', run }] } });
  const deploy = await ship.deploy('staging', await ship.push());
  const pieces: Line[] = [];
  const following = follow(deploy, pieces);
  await eventually('the last words are seen while the process is quiet', () =>
    pieces.some(({ text }) => text.includes('no newline')),
  );
  const delaysMs = pieces.flatMap(({ text, seenAt }) =>
    [...text.matchAll(/at (\d+\.\d+)/g)].map(([, seconds]) => seenAt - Number(seconds) * 1000),
  );
  delaysMs.sort((a, b) => a - b);
  const median = delaysMs[Math.floor(delaysMs.length / 2)] ?? Number.NaN;
  console.info(
    `a line was seen after ${median.toFixed(1)} ms (median of ${delaysMs.length}), the slowest after ${delaysMs.at(-1)?.toFixed(1)} ms`,
  );
  expect(delaysMs).toHaveLength(lines + 1);
  await ship.openGate('staging');
  await ship.until(deploy, 'succeeded');
  await following;
});

test('readers that go away in the middle leave nothing behind and disturb nobody', async () => {
  const watches = () => process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length;
  const before = watches();
  await ship.closeGate('staging');
  await ship.configure({});
  const deploy = await ship.deploy('staging', await ship.push());
  await ship.until(deploy, 'running');
  const stays: Line[] = [];
  const staying = follow(deploy, stays);
  const ends = Array.from({ length: 10 }, () => new AbortController());
  const pieces: Line[] = [];
  const leaving = ends.map((end) => follow(deploy, pieces, end).catch(() => {}));
  const events = ends.map(async (end) => {
    for await (const _ of ship.client.stream(api.events, { query: {} }, { signal: end.signal }));
  });
  await eventually('they all read', () => pieces.length >= ends.length);
  for (const end of ends) end.abort();
  await Promise.allSettled([...leaving, ...events]);
  await ship.openGate('staging');
  await ship.until(deploy, 'succeeded');
  await staying;
  expect(stays.map(({ text }) => text).join('')).toBe(await ship.log(deploy));
  await eventually('nothing is watched any more', () => watches() === before);
});

/** Puts another file system in the place of the logs while `work` runs; answers false where that is not permitted. */
async function withLogsOn(options: string, work: () => Promise<void>): Promise<boolean> {
  const mounted = scratch.mount(['-t', 'tmpfs', '-o', options, 'tmpfs']);
  if (mounted === undefined) return false;
  const logs = join(ship.api.core.paths.root, 'logs');
  await rm(logs, { recursive: true, force: true });
  await symlink(mounted, logs);
  await work();
  await rm(logs);
  return true;
}

test('a full disk for the log does not end the deploy, and is told', async ({ skip }) => {
  const run = 'head -c 1000000 /dev/zero | tr "\\0" x; echo; echo finished';
  await ship.configure({ app: { steps: [{ name: 'Much', run }] } });
  const done = await withLogsOn('size=256k', async () => {
    const deploy = await ship.ship('staging', await ship.push());
    expect(deploy.result).toMatch(
      /no space left on the disk of the log, make room there \(output was lost\)/,
    );
    expect(await ship.liveSha('staging')).toBe(deploy.sha);
  });
  if (!done) skip(mountRefused);
});

test('a log that cannot be opened fails the deploy before anything runs', async ({ skip }) => {
  const proof = join(ship.scratch, 'proof');
  await ship.configure({ app: { steps: [{ name: 'Touch', run: `touch ${proof}` }] } });
  const done = await withLogsOn('ro', async () => {
    const deploy = await ship.until(await ship.deploy('staging', await ship.push()), 'failed');
    expect(deploy.result).toMatch(
      /^nothing was run: cannot open the log .* check that its directory is writable/,
    );
    expect(deploy.steps.map(({ state }) => state)).toEqual(['skipped']);
    expect(existsSync(proof)).toBe(false);
  });
  if (!done) skip(mountRefused);
  await ship.ship('staging', await ship.push());
});

test('a part of a log is answered by its range, and none that is not there', async () => {
  await ship.configure({});
  const { app, environment, number } = await ship.ship('staging', await ship.push());
  const path = `/api/v1/apps/${app}/environments/${environment}/deploys/${number}/log`;
  const part = async (range: string) => {
    const headers = { authorization: `Bearer ${ship.api.machineToken}`, range };
    const response = await fetch(ship.api.address + path, { headers });
    return { status: response.status, text: await response.text() };
  };
  const { text: whole } = await part('');
  expect(await part('bytes=0-9')).toEqual({ status: 206, text: whole.slice(0, 10) });
  expect((await part('bytes=-5')).status).toBe(206);
  expect(await part('bytes=-0')).toEqual({ status: 416, text: '' });
  expect((await part(`bytes=${whole.length * 2}-`)).status).toBe(416);
});
