import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openLogWriter } from '../src/platform/logfiles/index.ts';
import { captureStep } from '../src/platform/processes/index.ts';
import type { Aim, Bench, Measurement } from './lib/bench.ts';
import { timed } from './lib/clock.ts';
import { fillFile } from './lib/fillFile.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';

const megabyte = 1_000_000;
const rounds = 5;
const secrets = [
  'hunter2-hunter2',
  'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  's3cr3t/with+odd=chars',
] as const;

/** How fast the output of a step becomes a masked, indexed log. */
export const logThroughput: Bench = {
  name: 'log',
  about: `A step's output to its log with ${secrets.length} secrets masked, until all of it is in the file`,
  run: () => withScratch(measure),
};

interface Workload {
  readonly what: string;
  readonly sizeBytes: number;
  /** One block of the output, repeated. */
  readonly block: Buffer;
  /** What writes it out, given the file that holds it. */
  argv(file: string): string[];
  /** Without one where what writes is the limit, or where it is meant to be the worst case. */
  readonly aim?: Aim;
}

const cat = (file: string) => ['cat', file];
const aim: Aim = { of: 'p50', limit: 100 };
const workloads: readonly Workload[] = [
  { what: 'lines of a build', sizeBytes: 256 * megabyte, block: buildLines(), argv: cat, aim },
  { what: 'lines of 80 bytes', sizeBytes: 256 * megabyte, block: shortLines(), argv: cat, aim },
  {
    what: 'one line without an end',
    sizeBytes: 256 * megabyte,
    block: Buffer.alloc(64_000, 'x'),
    argv: cat,
    aim,
  },
  { what: 'a secret in each line', sizeBytes: 64 * megabyte, block: secretLines(), argv: cat },
  {
    what: 'lines of 80 bytes, a write each',
    sizeBytes: 32 * megabyte,
    block: shortLines(),
    argv: (file) => ['dd', `if=${file}`, 'bs=80', 'status=none'],
  },
];

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const directory = await scratch.directory();
  const measurements: Measurement[] = [];
  for (const workload of workloads) measurements.push(...(await measureOne(directory, workload)));
  return measurements;
}

async function measureOne(directory: string, workload: Workload): Promise<Measurement[]> {
  const source = join(directory, 'source');
  const target = join(directory, 'target');
  await fillFile(source, workload.block, workload.sizeBytes);
  const ways = { log: toLog, pipe: toPipe, redirect: toFile };
  const speeds: Record<keyof typeof ways, number[]> = { log: [], pipe: [], redirect: [] };
  // In turns, so that a busy moment of the machine hits all of them.
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ['log', 'pipe', 'redirect'] as const) {
      const ms = await ways[way](workload.argv(source), target);
      speeds[way].push(workload.sizeBytes / megabyte / (ms / 1000));
      await rm(target, { force: true });
      await rm(`${target}.index`, { force: true });
    }
  }
  await rm(source);
  const own = { unit: 'MB/s', samples: speeds.log } as const;
  return [
    {
      ...own,
      what: workload.what,
      floor: { what: 'pipe to a file by Node', samples: speeds.pipe },
      ...(workload.aim ? { aim: workload.aim } : {}),
    },
    { ...own, what: '  the same', floor: { what: 'redirected by the kernel', samples: speeds.redirect } },
  ];
}

/** Until all is in the file; forcing it to the disk is not counted, since the peers do not do it. */
async function toLog(argv: readonly string[], target: string): Promise<number> {
  const log = await openLogWriter(target);
  const step = {
    argv,
    cwd: '/',
    env: { PATH: process.env.PATH ?? '' },
    timeoutMs: 600_000,
    silenceMs: 600_000,
    cancel: new AbortController().signal,
    marker: 'bench',
  };
  const { result, ms } = await timed(() => captureStep({ step, secrets, log, now: () => new Date() }));
  await log.close();
  if (result.kind !== 'exited' || result.code !== 0 || log.incomplete !== null)
    throw new Error(`the step ended ${JSON.stringify(result)}, its log is ${log.incomplete ?? 'complete'}`);
  return ms;
}

async function toPipe([file = '', ...args]: readonly string[], target: string): Promise<number> {
  const { ms } = await timed(async () => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await pipeline(child.stdout, createWriteStream(target));
  });
  return ms;
}

async function toFile([file = '', ...args]: readonly string[], target: string): Promise<number> {
  const output = await open(target, 'w');
  const { ms } = await timed(() =>
    once(spawn(file, args, { stdio: ['ignore', output.fd, 'inherit'] }), 'exit'),
  );
  await output.close();
  return ms;
}

function buildLines(): Buffer {
  const words = [
    'compiling',
    'src/modules/deploys/index.ts',
    '\u001b[32m✓\u001b[0m',
    'warning:',
    'in 14 ms',
    '0x7f3a',
  ];
  const lines = Array.from({ length: 4000 }, (_, i) => {
    const rest = Array.from({ length: 4 + (i % 17) }, (_, j) => words[(i * 7 + j * 3) % words.length]);
    return `2026-01-01T00:00:${String(i % 60).padStart(2, '0')}Z [${i}] ${rest.join(' ')}\n`;
  });
  return Buffer.from(lines.join(''));
}

function shortLines(): Buffer {
  return Buffer.from(
    Array.from({ length: 4000 }, (_, i) => `${`line ${i} `.padEnd(79, 'abcdefgh hunter ghp_ ')}\n`).join(''),
  );
}

function secretLines(): Buffer {
  return Buffer.from(
    Array.from(
      { length: 2000 },
      (_, i) => `request ${i} with token=${secrets[i % secrets.length]} done\n`,
    ).join(''),
  );
}
