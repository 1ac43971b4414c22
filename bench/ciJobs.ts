import { join } from 'node:path';
import { spawnBarely } from './lib/bareSpawn.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { hostRepository } from './lib/ciRepository.ts';
import { timed } from './lib/clock.ts';
import { startPostgres } from './lib/postgres.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { launchSlipway, startSlipway } from './lib/slipway.ts';

const jobCount = 200;
const rounds = 2;

/** How many jobs that do nothing a service gets through, by how many runners. */
export const ciJobs: Bench = {
  name: 'ci-jobs',
  about: `A push of ${jobCount} jobs that do nothing, until its run has ended; over 1, 2 and 4 runners on this machine`,
  run: async () => {
    const measurements: Measurement[] = [];
    for (const runners of [1, 2, 4])
      measurements.push(await withScratch((scratch) => measure(scratch, runners)));
    return measurements;
  },
};

async function measure(scratch: Scratch, runners: number): Promise<Measurement> {
  const { url: DATABASE_URL } = await startPostgres(scratch);
  const dataDir = join(await scratch.directory(), 'data');
  const environment = { DATABASE_URL };
  const slipway = await startSlipway(scratch, { dataDir, environment });
  for (let more = 1; more < runners; more += 1) {
    const runner = await launchSlipway({ dataDir, environment, command: ['serve', '--services=jobs'] });
    scratch.onEnd(() => runner.stop());
  }
  const repository = await hostRepository(scratch, slipway);
  const numbers = Array.from({ length: jobCount }, (_, number) => number);
  await repository.commit({
    bench: { 'runs-on': 'linux', strategy: { matrix: { n: numbers } }, steps: [{ run: 'true' }] },
  });
  const [samples, floor]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    const sha = await repository.commit();
    const { ms } = await timed(async () => {
      await repository.push();
      await repository.ended(sha);
    });
    if (round === 0) continue;
    samples.push(ms);
    const { tookMs } = await spawnBarely(['bash', '-c', 'true'], jobCount);
    floor.push(tookMs.reduce((sum, one) => sum + one, 0));
  }
  return {
    what: `${runners} runner${runners === 1 ? '' : 's'}`,
    unit: 'ms',
    samples,
    floor: { what: `${jobCount} times bash, one after the other`, samples: floor },
  };
}
