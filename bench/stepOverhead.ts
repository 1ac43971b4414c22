import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { api } from '../src/contract/index.ts';
import { createRepository } from '../test/harness/git.ts';
import { declareApps, untilSucceeded } from './lib/apps.ts';
import { spawnBarely } from './lib/bareSpawn.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { startPostgres } from './lib/postgres.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { type RunningSlipway, startSlipway } from './lib/slipway.ts';

const stepCount = 100;
const deploys = 3;
const isolations = ['namespace', 'process-group'] as const;

/** What a step costs besides its command: its record in the database, its isolation, its line in the log. */
export const stepOverhead: Bench = {
  name: 'steps',
  about: `A step of a deploy, from its start to the start of the next, against a bare spawn of its command (true); ${stepCount} steps a deploy`,
  run: () => withScratch(measure),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const directory = await scratch.directory();
  const database = await startPostgres(scratch);
  const environment = { DATABASE_URL: database.url };
  const dataDir = await scratch.directory();
  const repository = await createRepository({ directory: join(directory, 'source.git') });
  await repository.commit();

  const measurements: Measurement[] = [];
  let declared = false;
  for (const isolation of isolations) {
    const runner = startRunner(isolation, { ...environment, SLIPWAY_DATA_DIR: dataDir });
    const command = ['serve', '--services=web,dispatcher'];
    const slipway = await startSlipway(scratch, { dataDir, environment, command });
    if (!declared) await declareManySteps(slipway, repository.directory);
    declared = true;
    await shipOnce(slipway);
    const samples: number[] = [];
    for (let round = 0; round < deploys; round += 1) samples.push(...(await shipOnce(slipway)));
    await slipway.stop();
    await stopRunner(runner);
    const bare = await spawnBarely(['true'], stepCount * deploys);
    const floor = { what: 'bare spawn of it', samples: bare.tookMs };
    measurements.push({
      what: `a step, isolated by ${isolation}`,
      unit: 'ms',
      samples,
      floor,
      aim: { of: 'over floor', limit: 10 },
    });
  }
  return measurements;
}

function startRunner(isolation: string, environment: Record<string, string>): ChildProcess {
  const program = join(import.meta.dirname, 'programs/runRunner.ts');
  return spawn(process.execPath, [program, isolation], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function stopRunner(runner: ChildProcess): Promise<void> {
  runner.kill('SIGTERM');
  await once(runner, 'exit');
}

async function declareManySteps(slipway: RunningSlipway, url: string): Promise<void> {
  const steps = Array.from({ length: stepCount }, (_, i) => ({ name: `Step ${i + 1}`, argv: ['true'] }));
  await declareApps(slipway.client, url, [{ name: 'harbor', steps, environments: ['staging'] }]);
}

/** Ships, and answers for each step but the last how long it was until the next one started. */
async function shipOnce({ client }: RunningSlipway): Promise<number[]> {
  const deploy = await client.call(api.requestDeploy, {
    params: { app: 'harbor', environment: 'staging' },
    body: { force: { reason: 'benchmark' } },
  });
  // Rarely asked, so that the answers do not take the time that is measured.
  const { steps } = await untilSucceeded(client, deploy, 500);
  const starts = steps.map((step) => Date.parse(step.started_at ?? ''));
  return starts.slice(1).map((start, i) => start - (starts[i] ?? Number.NaN));
}
