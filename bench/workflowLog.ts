import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Aim, Bench, Measurement } from './lib/bench.ts';
import { timed } from './lib/clock.ts';
import { fillFile } from './lib/fillFile.ts';
import { runScripts } from './lib/job.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';

const megabyte = 1_000_000;
const sizeBytes = 200 * megabyte;
const rounds = 5;
const secrets = {
  A: 'hunter2-hunter2',
  B: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  C: 's3cr3t/with+odd=chars',
};

/** How fast the output of a step becomes masked events, its commands carried out. */
export const workflowLog: Bench = {
  name: 'workflow-log',
  about: `${sizeBytes / megabyte} MB of output of a step of a workflow: commands looked for, ${Object.keys(secrets).length} secrets masked, told as events`,
  run: () => withScratch(measure),
};

const aim: Aim = { of: 'p50', limit: 100 };
const line = (i: number) =>
  `2026-01-01T00:00:00Z [${i}] compiling src/modules/deploys/index.ts in ${i % 97} ms\n`;
const workloads: readonly { what: string; line: (i: number) => string; aim?: Aim }[] = [
  { what: 'lines of a build', line, aim },
  {
    what: 'lines full of colons',
    line: (i) => `error[E0${i}]: std::vec::Vec<std::string::String> at src/a::b::c\n`,
  },
  { what: 'a group for each ten lines', line: (i) => (i % 10 === 0 ? `::group::part ${i}\n` : line(i)) },
  { what: 'one line without an end', line: () => 'x'.repeat(80), aim },
  { what: 'a secret in each line', line: (i) => `request ${i} with token=${secrets.B} done\n` },
];

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const directory = await scratch.directory();
  const measurements: Measurement[] = [];
  for (const { what, line: lineOf, aim: wanted } of workloads) {
    const file = join(directory, 'source');
    const block = Buffer.from(Array.from({ length: 4000 }, (_, i) => lineOf(i)).join(''));
    await fillFile(file, block, sizeBytes);
    const job: number[] = [];
    const pipe: number[] = [];
    // In turns, so that a busy moment of the machine hits both.
    for (let round = 0; round < rounds; round += 1) {
      job.push(await throughJob(scratch, file));
      pipe.push(await throughPipe(file));
    }
    await rm(file);
    const floor = { what: 'a pipe to Node', samples: pipe };
    measurements.push({ what, unit: 'MB/s', samples: job, floor, ...(wanted ? { aim: wanted } : {}) });
  }
  return measurements;
}

const speed = (ms: number) => sizeBytes / megabyte / (ms / 1000);

/** From the start of the step to its end. */
async function throughJob(scratch: Scratch, file: string): Promise<number> {
  let startedAt = 0;
  let endedAt = 0;
  let characters = 0;
  await runScripts(
    scratch,
    [`cat ${file}`],
    (event) => {
      if (event.kind === 'step_started' && event.phase === 'main') startedAt = performance.now();
      if (event.kind === 'output') characters += event.text.length;
      if (event.kind === 'step_finished' && event.step === 2) endedAt = performance.now();
    },
    { secrets, visible: [file] },
  );
  if (characters < sizeBytes / 4) throw new Error(`of ${sizeBytes} bytes ${characters} arrived`);
  return speed(endedAt - startedAt);
}

async function throughPipe(file: string): Promise<number> {
  const { ms } = await timed(async () => {
    const child = spawn('cat', [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.resume();
    await once(child, 'close');
  });
  return speed(ms);
}
