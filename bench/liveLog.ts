import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { api } from '../src/contract/index.ts';
import { createRepository } from '../test/harness/git.ts';
import { declareApps } from './lib/apps.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { wallClock } from './lib/clock.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { type RunningSlipway, startSlipway } from './lib/slipway.ts';

interface Workload {
  readonly app: string;
  readonly what: string;
  readonly lines: number;
  readonly pauseSeconds: number;
}

const workloads: readonly Workload[] = [
  { app: 'chatty', what: 'a line every 5 ms', lines: 1000, pauseSeconds: 0.005 },
  { app: 'steady', what: 'a line every 50 ms', lines: 200, pauseSeconds: 0.05 },
  { app: 'quiet', what: 'a line every 700 ms', lines: 30, pauseSeconds: 0.7 },
];

/** How far behind the step its readers are. */
export const liveLog: Bench = {
  name: 'live-log',
  about: 'From the write of a line by a step until a client of the event stream has it',
  run: () => withScratch(measure),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const directory = await scratch.directory();
  const slipway = await startSlipway(scratch, { dataDir: join(directory, 'data') });
  const repository = await createRepository({ directory: join(directory, 'source.git') });
  await repository.commit();
  await declareApps(
    slipway.client,
    repository.directory,
    workloads.map((workload) => ({
      name: workload.app,
      environments: ['staging'],
      steps: [{ name: 'Talk', run: scriptOf(workload) }],
    })),
  );
  const measurements: Measurement[] = [];
  for (const workload of workloads) {
    measurements.push({
      what: workload.what,
      unit: 'ms',
      samples: await delaysOfStream(slipway, workload),
      floor: { what: 'a pipe to Node', samples: await delaysOfPipe(workload) },
      aim: { of: 'p99', limit: 100 },
    });
  }
  return measurements;
}

/** Each line says when it was written. Waiting is a builtin (read from a pipe that stays silent). */
const scriptOf = ({ lines, pauseSeconds }: Workload) => `
exec 9<> <(:)
for i in {1..${lines}}; do echo "at $EPOCHREALTIME"; read -r -t ${pauseSeconds} -u 9 || true; done
`;

async function delaysOfStream({ client }: RunningSlipway, workload: Workload): Promise<number[]> {
  const where = { app: workload.app, environment: 'staging' };
  const { number } = await client.call(api.requestDeploy, {
    params: where,
    body: { force: { reason: 'benchmark' } },
  });
  const reader = new StampReader();
  for await (const { event, data } of client.stream(api.followLog, { params: { ...where, number } })) {
    if (event === 'end') break;
    if (event === 'log') reader.take((data as { text: string }).text);
  }
  return reader.delays(workload);
}

async function delaysOfPipe(workload: Workload): Promise<number[]> {
  const child = spawn('bash', ['-c', scriptOf(workload)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const reader = new StampReader();
  child.stdout.setEncoding('utf8').on('data', (text: string) => reader.take(text));
  await once(child, 'close');
  return reader.delays(workload);
}

/** Compares the times in whole lines with the time at which they came. */
class StampReader {
  #rest = '';
  readonly #delays: number[] = [];

  take(text: string): void {
    const now = wallClock();
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const stamp = /^at (\d+\.\d+)/.exec(line)?.[1];
      if (stamp !== undefined) this.#delays.push(now - Number(stamp) * 1000);
    }
  }

  delays({ what, lines }: Workload): number[] {
    if (this.#delays.length !== lines)
      throw new Error(`${what}: ${this.#delays.length} of ${lines} lines arrived`);
    return this.#delays;
  }
}
