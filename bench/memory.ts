import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, Measurement } from './lib/bench.ts';
import { memoryOfTree, type ProcessMemory } from './lib/memory.ts';
import { postgresAlone } from './lib/postgresAlone.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { startSlipway } from './lib/slipway.ts';

const settleMs = 15_000;
const samplesTaken = 5;

/** What Slipway takes from the machine while nothing happens. */
export const memory: Bench = {
  name: 'memory',
  about: `Memory ${settleMs / 1000} s after the start, all idle; RSS counts shared pages in each process, PSS shares them out`,
  run: () => withScratch(measure),
};

interface Part {
  readonly what: string;
  readonly floor: string;
  of(tree: readonly ProcessMemory[]): readonly ProcessMemory[];
  floorOf(floors: Floors): readonly ProcessMemory[];
}

interface Floors {
  readonly node: readonly ProcessMemory[];
  readonly postgres: readonly ProcessMemory[];
}

const isNode = ({ program }: ProcessMemory) => program === 'node';
const isPostgres = ({ program, argv }: ProcessMemory) =>
  /^postgres/.test(program) || /^postgres:/.test(argv[0] ?? '');

const parts: readonly Part[] = [
  {
    what: 'server',
    floor: 'idle Node',
    of: (tree) => tree.filter(isNode).slice(0, 1),
    floorOf: ({ node }) => node,
  },
  {
    what: 'runner',
    floor: 'idle Node',
    of: (tree) => tree.filter(isNode).slice(1),
    floorOf: ({ node }) => node,
  },
  {
    what: 'PostgreSQL with its connections',
    floor: 'PostgreSQL alone',
    of: (tree) => tree.filter(isPostgres),
    floorOf: ({ postgres }) => postgres,
  },
  {
    what: 'all processes',
    floor: 'both alone, Node twice',
    of: (tree) => tree,
    floorOf: ({ node, postgres }) => [...node, ...node, ...postgres],
  },
];

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const dataDir = await scratch.directory();
  // The first start after a change of the code compiles it, which leaves more behind than every later one.
  await (await startSlipway(scratch, { dataDir })).stop();
  const slipway = await startSlipway(scratch, { dataDir });
  const idle = spawn(process.execPath, [join(import.meta.dirname, 'programs/idle.ts')], { stdio: 'ignore' });
  scratch.onEnd(async () => idle.kill());
  const postgres = await postgresAlone(scratch);
  await delay(settleMs);
  const rounds: { tree: ProcessMemory[]; floors: Floors }[] = [];
  for (let round = 0; round < samplesTaken; round += 1) {
    const tree = await memoryOfTree(slipway.process.pid ?? 0);
    const floors = {
      node: await memoryOfTree(idle.pid ?? 0),
      postgres: (await memoryOfTree(postgres.pid)).filter(isPostgres),
    };
    rounds.push({ tree, floors });
    await delay(1000);
  }
  return (['PSS', 'RSS'] as const).flatMap((kind) =>
    parts.map((part) => ({
      what: `${part.what}, ${kind}`,
      unit: 'MB' as const,
      samples: rounds.map(({ tree }) => sum(part.of(tree), kind)),
      floor: { what: part.floor, samples: rounds.map(({ floors }) => sum(part.floorOf(floors), kind)) },
    })),
  );
}

const sum = (processes: readonly ProcessMemory[], kind: 'PSS' | 'RSS') =>
  processes.reduce((total, process) => total + (kind === 'PSS' ? process.pssMb : process.rssMb), 0);
