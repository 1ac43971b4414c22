import { join } from 'node:path';
import type { Bench, Measurement } from './lib/bench.ts';
import { timed } from './lib/clock.ts';
import { measureCommandLine } from './lib/commandLine.ts';
import { postgresAlone } from './lib/postgresAlone.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { launchSlipway, untilHealthy } from './lib/slipway.ts';

const rounds = 7;

/** How long people wait after `slipway up`, and for a command. */
export const start: Bench = {
  name: 'start',
  about:
    'From `slipway up` to the first 200 of /healthz, which means a runner is ready too; and commands from their start to their end',
  run: () =>
    withScratch(async (scratch) => [...(await measure(scratch)), ...(await measureCommandLine(scratch))]),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const times = { firstEver: [] as number[], fresh: [] as number[], existing: [] as number[] };
  const floors = { fresh: [] as number[], existing: [] as number[] };
  // In turns, so that a busy moment of the machine hits all of them.
  for (let round = 0; round < rounds; round += 1) {
    const [dataDir, otherDir, alone] = await directories(scratch, 3);
    // Node has to compile all code once after an installation, and finds it in its cache from then on.
    const uncached = { NODE_COMPILE_CACHE: join(otherDir, 'compile-cache') };
    times.firstEver.push(await timeStart(join(otherDir, 'data'), uncached));
    times.fresh.push(await timeStart(dataDir));
    times.existing.push(await timeStart(dataDir));
    floors.fresh.push(await timePostgres(scratch, alone));
    floors.existing.push(await timePostgres(scratch, alone));
  }
  const fresh = { what: 'initdb and PostgreSQL alone', samples: floors.fresh };
  const existing = { what: 'PostgreSQL alone', samples: floors.existing };
  return [
    {
      what: 'first start after installation',
      unit: 'ms',
      samples: times.firstEver,
      floor: fresh,
      aim: { of: 'p50', limit: 5000 },
    },
    {
      what: 'fresh data directory',
      unit: 'ms',
      samples: times.fresh,
      floor: fresh,
      aim: { of: 'p50', limit: 5000 },
    },
    {
      what: 'existing data directory',
      unit: 'ms',
      samples: times.existing,
      floor: existing,
      aim: { of: 'p50', limit: 1500 },
    },
  ];
}

async function directories(scratch: Scratch, count: 3): Promise<[string, string, string]> {
  const made = await Promise.all(Array.from({ length: count }, () => scratch.directory()));
  return made as [string, string, string];
}

async function timeStart(dataDir: string, environment: Record<string, string> = {}): Promise<number> {
  const began = performance.now();
  const slipway = await launchSlipway({ dataDir, environment });
  await untilHealthy(slipway);
  const ms = performance.now() - began;
  await slipway.stop();
  return ms;
}

async function timePostgres(scratch: Scratch, dataDir: string): Promise<number> {
  const { result, ms } = await timed(() => postgresAlone(scratch, dataDir));
  await result.stop();
  return ms;
}
