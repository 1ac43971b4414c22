import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '../src/contract/client.ts';
import type { DeployDetail } from '../src/contract/deploys.ts';
import { api } from '../src/contract/index.ts';
import { checkoutCommit } from '../src/platform/git/index.ts';
import { createRepository } from '../test/harness/git.ts';
import { declareApps, untilSucceeded } from './lib/apps.ts';
import { spawnBarely } from './lib/bareSpawn.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { timeEach, wallClock } from './lib/clock.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { startSlipway } from './lib/slipway.ts';

const rounds = 60;
const warmUps = 5;
const filesInRepository = 100;

/** How long people wait until something happens, and on which part of the way. */
export const firstCommand: Bench = {
  name: 'first-command',
  about: `POST a deploy over HTTP until its first command runs, server and runner as people run them; ${filesInRepository} files to check out`,
  run: () => withScratch(measure),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const directory = await scratch.directory();
  const stamps = join(directory, 'stamps');
  const script = `echo $EPOCHREALTIME >> ${stamps}`;
  const slipway = await startSlipway(scratch, { dataDir: join(directory, 'data') });
  const repository = await createRepository({ directory: join(directory, 'source.git') });
  const shas = [await repository.commit({ files: manyFiles() }), await repository.commit()];
  await declareApps(slipway.client, repository.directory, [
    { name: 'harbor', steps: [{ name: 'Stamp', run: script }], environments: ['staging'] },
  ]);

  await ship(slipway.client, shas, warmUps);
  await writeFile(stamps, '');
  const ways = await ship(slipway.client, shas, rounds);
  const began = await stampsIn(stamps);

  await writeFile(stamps, '');
  const argv = ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
  const bare = await spawnBarely(argv, rounds);
  const bareBegan = await stampsIn(stamps);
  const floor = {
    what: 'bare spawn of it',
    samples: bare.startedAt.map((at, i) => (bareBegan[i] ?? Number.NaN) - at),
  };
  const checkouts = await timeEach(rounds, (round) =>
    checkoutCommit({
      mirror: repository.directory,
      sha: shas[0] ?? '',
      directory: join(directory, `co-${round}`),
    }),
  );

  const total = ways.map((way, i) => (began[i] ?? Number.NaN) - way.sentAt);
  const startedAt = (way: Way) => Date.parse(way.deploy.started_at ?? '');
  const stepAt = (way: Way) => Date.parse(way.deploy.steps[0]?.started_at ?? '');
  const ms = (what: string, samples: number[]): Measurement => ({ what, unit: 'ms', samples });
  return [
    { what: 'request → first command', unit: 'ms', samples: total, floor },
    ms(
      '  request → answer',
      ways.map((way) => way.answeredAt - way.sentAt),
    ),
    ms(
      '  request → taken by the runner',
      ways.map((way) => startedAt(way) - way.sentAt),
    ),
    ms(
      '  taken → checked out',
      ways.map((way) => stepAt(way) - startedAt(way)),
    ),
    {
      ...ms(
        '  checked out → first command',
        ways.map((way, i) => (began[i] ?? 0) - stepAt(way)),
      ),
      floor,
    },
    ms('  (a checkout alone)', checkouts),
  ];
}

interface Way {
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly deploy: DeployDetail;
}

/** Ships the commits in turns, each deploy after the end of the one before it. */
async function ship(client: Client, shas: readonly string[], count: number): Promise<Way[]> {
  const ways: Way[] = [];
  for (let round = 0; round < count; round += 1) {
    const ref = shas[round % shas.length];
    const sentAt = wallClock();
    const deploy = await client.call(api.requestDeploy, {
      params: { app: 'harbor', environment: 'staging' },
      body: { ref, force: { reason: 'benchmark' } },
    });
    const answeredAt = wallClock();
    ways.push({ sentAt, answeredAt, deploy: await untilSucceeded(client, deploy, 20) });
  }
  return ways;
}

/** Wall clock in ms at which each command began, by its own account. */
async function stampsIn(file: string): Promise<number[]> {
  return (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => Number(line) * 1000);
}

const manyFiles = () =>
  Object.fromEntries(
    Array.from({ length: filesInRepository }, (_, i) => [
      `src/folder-${i % 10}/file-${i}.txt`,
      `${`line of file ${i}\n`.repeat(200)}`,
    ]),
  );
