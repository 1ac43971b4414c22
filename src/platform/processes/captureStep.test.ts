import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LogWriter, openLogWriter } from '../logfiles/index.ts';
import { captureStep } from './captureStep.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-capture-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

test('all output is in the log when the step has ended, without the secrets', async () => {
  const script = `
    printf 'token is s3cr3t-'; sleep 0.05; printf 'value, '; echo "$TOKEN" | base64
    printf '\\033[31mred\\033[0m s3cr3t-'; exit 3`;
  const { log, result } = await capture('masked', script, ['s3cr3t-value']);
  expect(result).toEqual({ kind: 'exited', code: 3 });
  expect(readFileSync(log.path, 'utf8').replace(/\*\*\*.{2,4}\n/, '***\n')).toBe(
    'token is ***, ***\n\u001b[31mred\u001b[0m s3cr3t-',
  );
});

test('a line is in the log while the step is still running', async () => {
  const cancel = new AbortController();
  const running = capture('live', 'echo Continue?; sleep 60', ['hunter2'], cancel.signal);
  const text = () => readFileSync(join(directory, 'live'), 'utf8');
  await expect.poll(text, { interval: 2, timeout: 60_000 }).toBe('Continue?\n');
  cancel.abort();
  expect((await running).result).toEqual({ kind: 'cancelled' });
});

async function capture(
  name: string,
  script: string,
  secrets: string[],
  cancel = new AbortController().signal,
) {
  const log: LogWriter = await openLogWriter(join(directory, name));
  const step = {
    argv: ['sh', '-c', script],
    cwd: directory,
    env: { PATH: '/usr/bin:/bin', TOKEN: secrets[0] ?? '' },
    timeoutMs: 30_000,
    silenceMs: 30_000,
    cancel,
    marker: `capture-${process.pid}/${name}`,
  };
  const result = await captureStep({ step, secrets, log, now: () => new Date() });
  await log.close();
  return { log, result };
}
