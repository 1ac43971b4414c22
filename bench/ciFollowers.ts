import { join } from 'node:path';
import { api } from '../src/contract/index.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { hostRepository } from './lib/ciRepository.ts';
import { wallClock } from './lib/clock.ts';
import { cpuOfTree } from './lib/cpu.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { type RunningSlipway, startSlipway } from './lib/slipway.ts';

const followers = 20;
const lines = 300;
const idleSeconds = 20;

/** What people who look at a job, and nobody at all, cost. */
export const ciFollowers: Bench = {
  name: 'ci-followers',
  about: `${followers} people follow the log of one job: how late each line comes; and what a service costs whose runners wait`,
  run: () => withScratch(measure),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const slipway = await startSlipway(scratch, { dataDir: join(await scratch.directory(), 'data') });
  const repository = await hostRepository(scratch, slipway);
  const script = `exec 9<> <(:); for i in {1..${lines}}; do echo "at $EPOCHREALTIME"; read -r -t 0.02 -u 9 || true; done`;
  const sha = await repository.commit({
    bench: { 'runs-on': 'linux', steps: [{ run: script, shell: 'bash' }] },
  });
  await repository.push();
  const job = await repository.firstJob(sha);
  const delays = (await Promise.all(Array.from({ length: followers }, () => follow(slipway, job)))).flat();
  await repository.ended(sha);
  const { pid = 0 } = slipway.process;
  const [before, began] = [await cpuOfTree(pid), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000));
  const perSecond = ((await cpuOfTree(pid)) - before) / ((performance.now() - began) / 1000);
  return [
    {
      what: `each line, ${followers} followers`,
      unit: 'ms',
      samples: delays,
      aim: { of: 'p99', limit: 100 },
    },
    { what: 'CPU per second while idle (everything)', unit: 'ms', samples: [perSecond] },
  ];
}

async function follow({ client }: RunningSlipway, job: number): Promise<number[]> {
  const delays: number[] = [];
  let rest = '';
  for await (const { event, data } of client.stream(api.followJobLog, { params: { job } })) {
    if (event === 'end') break;
    if (event !== 'log') continue;
    const now = wallClock();
    const whole = (rest + (data as { text: string }).text).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) {
      const at = /^at (\d+\.\d+)/.exec(line)?.[1];
      if (at !== undefined) delays.push(now - Number(at) * 1000);
    }
  }
  if (delays.length !== lines) throw new Error(`${delays.length} of ${lines} lines arrived`);
  return delays;
}
