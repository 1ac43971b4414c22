import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/platform/settings.ts';
import type { Measurement } from './bench.ts';
import { timed } from './clock.ts';
import type { Scratch } from './scratch.ts';
import { startSlipway } from './slipway.ts';

const rounds = 30;
const run = promisify(execFile);
const slipway = join(packageRoot, 'bin/slipway');

/** How long a command takes, from the shell's point of view: alone, and with a question to the server. */
export async function measureCommandLine(scratch: Scratch): Promise<Measurement[]> {
  const { url, dataDir } = await startSlipway(scratch, { dataDir: await scratch.directory() });
  const env = { ...process.env, SLIPWAY_DATA_DIR: dataDir };
  const ways = {
    version: () => run(slipway, ['--version'], { env }),
    status: () => run(slipway, ['status'], { env }),
    node: () => run(process.execPath, ['--eval', '0'], { env }),
    asking: () => run(process.execPath, ['--eval', `await (await fetch('${url}/healthz')).text()`], { env }),
  };
  const samples = { version: [], status: [], node: [], asking: [] } as Record<keyof typeof ways, number[]>;
  // The first round fills Node's cache of compiled code. In turns, so that a busy moment hits all of them.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, way] of Object.entries(ways) as [keyof typeof ways, () => Promise<unknown>][]) {
      const { ms } = await timed(way);
      if (round > 0) samples[name].push(ms);
    }
  }
  return [
    {
      what: 'slipway --version',
      unit: 'ms',
      samples: samples.version,
      floor: { what: 'Node alone', samples: samples.node },
      aim: { of: 'over floor', limit: 100 },
    },
    {
      what: 'slipway status',
      unit: 'ms',
      samples: samples.status,
      floor: { what: 'Node and one fetch', samples: samples.asking },
      aim: { of: 'over floor', limit: 150 },
    },
  ];
}
