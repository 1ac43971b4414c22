import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LogWriter, openLogWriter } from '../logfiles/index.ts';
import { captureStep } from './captureStep.ts';
import { describeStepResult } from './step.ts';

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
  await expect.poll(text, { interval: 2, timeout: 5_000 }).toBe('Continue?\n');
  cancel.abort();
  expect((await running).result).toEqual({ kind: 'cancelled' });
});

test('a result reads as the last line of a log', () => {
  expect(describeStepResult({ kind: 'exited', code: 0 })).toBe('succeeded');
  expect(describeStepResult({ kind: 'exited', code: 3 })).toBe('failed with exit code 3');
  expect(describeStepResult({ kind: 'signalled', signal: 'SIGKILL' })).toBe('was ended by signal SIGKILL');
  expect(describeStepResult({ kind: 'timed_out', limit: 'total', afterMs: 3_600_040 })).toBe(
    'was stopped: it took longer than 3600 s',
  );
  expect(describeStepResult({ kind: 'timed_out', limit: 'silence', afterMs: 600_000 })).toBe(
    'was stopped: it wrote nothing for 600 s',
  );
  expect(describeStepResult({ kind: 'cancelled', unkilled: [7, 8] })).toBe(
    'was cancelled; could not be killed: 7, 8',
  );
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
