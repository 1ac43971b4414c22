import { join } from 'node:path';
import { api } from '../src/contract/index.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { delaysOfBuildbot, hasBuildbot } from './lib/buildbot.ts';
import { hostRepository } from './lib/ciRepository.ts';
import { wallClock } from './lib/clock.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { startSlipway } from './lib/slipway.ts';

const rounds = 30;

/** How soon the first step of a push runs. */
export const ciPush: Bench = {
  name: 'ci-push',
  about: 'From `git push` over HTTP until the first step of its workflow runs',
  run: () => withScratch(measure),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const slipway = await startSlipway(scratch, { dataDir: join(await scratch.directory(), 'data') });
  const repository = await hostRepository(scratch, slipway);
  await repository.commit({ bench: { 'runs-on': 'linux', steps: [{ run: 'echo "at $(date +%s%N)"' }] } });
  const [samples, alone]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    const sha = await repository.commit();
    const began = wallClock();
    await repository.push();
    const pushed = wallClock();
    const { jobs_list } = await repository.ended(sha);
    const log = await slipway.client.fetchRaw(api.jobLog, { params: { job: jobs_list[0]?.id ?? 0 } });
    const at = Number(/^at (\d+)$/m.exec(await log.text())?.[1]) / 1e6;
    // The first round starts the thread that plans, and makes the repository.
    if (round === 0) continue;
    samples.push(at - began);
    alone.push(pushed - began);
  }
  const floor = { what: 'the push alone', samples: alone };
  const measured: Measurement = {
    what: 'push to first step',
    unit: 'ms',
    samples,
    floor,
    aim: { of: 'p95', limit: 400 },
  };
  if (!hasBuildbot()) return [measured];
  const peer = await delaysOfBuildbot(scratch, 10);
  return [measured, { what: "Debian's Buildbot, change to first command", unit: 'ms', samples: peer }];
}
