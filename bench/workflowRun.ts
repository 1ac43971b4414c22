import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../src/platform/settings.ts';
import { spawnBarely } from './lib/bareSpawn.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { timed, wallClock } from './lib/clock.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';

const memoryDisk = '/dev/shm';
const startRounds = 15;
const manyRounds = 3;
const jobCount = 200;
const run = promisify(execFile);
const slipway = join(packageRoot, 'bin/slipway');

/** Running a workflow without a server: how soon its first step runs, and how many jobs a second it gets through. */
export const workflowRun: Bench = {
  name: 'workflow-run',
  about:
    'From `slipway workflow run` to its first step; and a workflow of 200 jobs that do nothing, two at once',
  run: () =>
    withScratch(async (scratch) => {
      const measured = [await measureStart(scratch), await measureMany(scratch, tmpdir(), '')];
      if (!existsSync(memoryDisk)) return measured;
      return [...measured, await measureMany(scratch, memoryDisk, ', in memory')];
    }),
};

const stamp = 'date +%s%N';

async function measureStart(scratch: Scratch): Promise<Measurement> {
  const checkout = await makeCheckout(scratch, `{ runs-on: linux, steps: [{ run: ${stamp} }] }`);
  const samples: number[] = [];
  const floor: number[] = [];
  // The first round fills Node's cache of compiled code.
  for (let round = 0; round <= startRounds; round += 1) {
    const own = await untilStamped(() => run(slipway, ['workflow', 'run', 'bench'], checkout));
    const spawn = `process.stdout.write(require('child_process').execFileSync('bash', ['-c', '${stamp}']))`;
    const bare = await untilStamped(() => run(process.execPath, ['--eval', spawn]));
    if (round === 0) continue;
    samples.push(own);
    floor.push(bare);
  }
  return {
    what: 'start to first step',
    unit: 'ms',
    samples,
    floor: { what: 'Node that starts bash', samples: floor },
    aim: { of: 'p50', limit: 400 },
  };
}

/** From now to the moment that the command prints. */
async function untilStamped(command: () => Promise<{ stdout: string }>): Promise<number> {
  const began = wallClock();
  const { stdout } = await command();
  const [nanoseconds = ''] = /^\d{19}$/m.exec(stdout) ?? [];
  return Number(BigInt(nanoseconds) / 1000n) / 1000 - began;
}

/** Jobs make and remove some sixty files and directories each, so it matters where they lie. */
async function measureMany(scratch: Scratch, parent: string, where: string): Promise<Measurement> {
  const matrix = `{ matrix: { n: [${Array.from({ length: jobCount }, (_, n) => n).join(', ')}] } }`;
  const checkout = await makeCheckout(
    scratch,
    `{ runs-on: linux, strategy: ${matrix}, steps: [{ run: 'true' }] }`,
  );
  const place = await scratch.directory(parent);
  const env = { ...checkout.env, TMPDIR: place, XDG_CACHE_HOME: join(place, 'cache') };
  const samples: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < manyRounds; round += 1) {
    samples.push((await timed(() => run(slipway, ['workflow', 'run', 'bench'], { ...checkout, env }))).ms);
    const { tookMs } = await spawnBarely(['bash', '-c', 'true'], jobCount);
    floor.push(tookMs.reduce((sum, ms) => sum + ms, 0));
  }
  return {
    what: `${jobCount} jobs that do nothing${where}`,
    unit: 'ms',
    samples,
    floor: { what: `${jobCount} times bash, one after the other`, samples: floor },
    // 60 jobs a second.
    aim: { of: 'p50', limit: Math.round((jobCount / 60) * 1000) },
  };
}

async function makeCheckout(scratch: Scratch, job: string) {
  const cwd = await scratch.directory();
  await run('git', ['init', '--quiet'], { cwd });
  await mkdir(join(cwd, '.github/workflows'), { recursive: true });
  await writeFile(join(cwd, '.github/workflows/bench.yml'), `on: push\njobs: { bench: ${job} }\n`);
  return { cwd, env: { ...process.env, XDG_CACHE_HOME: join(await scratch.directory(), 'cache') } };
}
