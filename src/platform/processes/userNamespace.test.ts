import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findMarked } from './killMarked.ts';

const user = { uid: 1500, gid: 1500 };
const here = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** Systems differ in whom they let make user namespaces. */
function canBeMade(): boolean {
  if (process.getuid?.() !== 0) return false;
  const command = ['--user', '--map-root-user', '--pid', '--fork', '--mount', '--mount-proc', 'true'];
  return spawnSync('unshare', command, { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

test.skipIf(!canBeMade())(
  "a place of an ordinary user is a namespace too: files are the user's, /tmp and processes its own, nothing outlives it",
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'slipway-user-'));
    chmodSync(directory, 0o777);
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const marker = `user-${process.pid}`;
    const left = () => findMarked((found) => found.startsWith(marker));
    const script = `setsid -f sleep 79; id -u; id -g; touch /tmp/own; ls /tmp
      tr '\\0' ' ' < /proc/1/cmdline; echo; umount /tmp 2> /dev/null || echo stays
      unshare --user --map-root-user --pid --fork --mount-proc id -u; kill -9 $$`;
    const program = `
      import { existsSync } from 'node:fs';
      import { openSharedPlace } from ${here('./sharedPlace.ts')};
      import { runInPlace } from ${here('./runInPlace.ts')};
      process.setgroups([]); process.setgid(${user.gid}); process.setuid(${user.uid});
      const place = await openSharedPlace({ marker: '${marker}', isolation: 'auto', tmp: { directory: '${directory}', keep: [] } });
      const never = new AbortController().signal;
      let output = '';
      const end = await runInPlace(place, {
        argv: ['/bin/sh', '-c', ${JSON.stringify(script)}], cwd: '/usr', env: { PATH: process.env.PATH }, marker: '${marker}/1',
        onOutput: (chunk) => void (output += chunk), stop: never, kill: never, patience: { interruptMs: 0, terminateMs: 0 },
      });
      const { mode, reason } = place;
      console.log(JSON.stringify({ mode, reason, kind: end.kind, signal: end.signal, output, own: existsSync(place.outside('/tmp/own')) }));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [report] = await once(child.stdout, 'data');
    expect(JSON.parse(String(report))).toEqual({
      mode: 'namespace',
      reason: expect.stringContaining('sudo'),
      kind: 'signalled',
      signal: 'SIGKILL',
      output: `1500\n1500\nown\n/usr/bin/cat \nstays\n0\n`,
      own: true,
    });
    expect(statSync(join(directory, 'own'))).toMatchObject(user);
    expect(await left()).not.toEqual([]);
    child.kill('SIGKILL');
    await expect.poll(left, { interval: 5 }).toEqual([]);
  },
);
