import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnBarely } from './lib/bareSpawn.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { runScripts } from './lib/job.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';

const stepCount = 100;
const isolations = ['auto', 'none'] as const;

/** What a step of a workflow costs besides its shell: its files, its environment, entering the place of its job. */
export const workflowSteps: Bench = {
  name: 'workflow-steps',
  about: `A step of a workflow, from its start to the start of the next, against bare bash with its script; ${stepCount} steps a job`,
  run: () => withScratch(measure),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const script = join(await scratch.directory(), 'script.sh');
  await writeFile(script, 'true\n');
  const measurements: Measurement[] = [];
  for (const isolation of isolations) {
    const samples: number[] = [];
    for (let round = 0; round < 3; round += 1) samples.push(...(await oneJob(scratch, isolation)));
    const bare = await spawnBarely(['bash', '-e', script], samples.length);
    measurements.push({
      what: `a step, isolation ${isolation}`,
      unit: 'ms',
      samples,
      floor: { what: 'bare bash', samples: bare.tookMs },
      aim: { of: 'over floor', limit: 15 },
    });
  }
  return measurements;
}

async function oneJob(scratch: Scratch, isolation: (typeof isolations)[number]): Promise<number[]> {
  const starts: number[] = [];
  const scripts = Array.from({ length: stepCount }, () => 'true');
  await runScripts(
    scratch,
    scripts,
    (event) => {
      if (event.kind === 'step_started' && event.phase === 'main') starts.push(performance.now());
    },
    { isolation },
  );
  return starts.slice(1).map((start, i) => start - (starts[i] ?? Number.NaN));
}
