import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { packageRoot } from '../platform/settings.ts';

it('loses nothing of a long output, however late it is read', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-output-'));
  const file = join(directory, 'fixtures.yml');
  const name = 'x'.repeat(70);
  const teams = Array.from({ length: 900 }, (_, n) => `- name: ${name}${n}\n  slug: ${'Y'.repeat(70)}\n`);
  await writeFile(file, `teams:\n${teams.join('')}`);
  const cli = spawn(join(packageRoot, 'bin/slipway'), ['fixtures', 'validate', file], {
    env: { ...process.env, SLIPWAY_URL_PREFIX: 'https://errors.example.com' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(cli, 'close');
  const chunks: Buffer[] = [];
  const exited = once(cli, 'exit');
  cli.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise<void>((resolve) => {
    cli.stdout.once('data', () => {
      cli.stdout.pause();
      resolve();
    });
  });
  // Nobody reads on, until it has ended or would have.
  await Promise.race([exited, setTimeout(1000)]);
  cli.stdout.resume();
  await ended;
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
  await rm(directory, { recursive: true });
  expect(lines).toHaveLength(900);
  expect(lines.at(-1)).toMatch(/fixtures\.yml:1801:/);
});
