import { constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { exitOf, spawnOrExplain } from './processTree.ts';

/** Both ends of a pipe. Whoever takes it closes them. */
export interface OutputPipe {
  readFd: number;
  writeFd: number;
}

/** Making pipes costs a process, so some are made at once, and more each time; they hold nothing but descriptors. */
let pipesAtOnce = 8;
const mostPipesAtOnce = 32;
const spares: OutputPipe[] = [];
let making: Promise<void> | undefined;

/**
 * A pipe for the output of a step. Node gives its children sockets instead, on which `echo > /dev/stderr` fails
 * (ENXIO), and one for each stream, which loses the order between them. Throws `unavailable` if none can be made.
 */
export async function openOutputPipe(): Promise<OutputPipe> {
  for (;;) {
    const pipe = spares.pop();
    if (pipe) return pipe;
    making ??= makePipes().finally(() => {
      making = undefined;
    });
    await making;
  }
}

async function makePipes(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-pipe-')).catch(unavailable);
  try {
    const paths = Array.from({ length: pipesAtOnce }, (_, i) => join(directory, String(i)));
    await makeFifos(paths);
    for (const path of paths) spares.push(openBothEnds(path));
    pipesAtOnce = Math.min(2 * pipesAtOnce, mostPipesAtOnce);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Writable for all, since a step that dropped its rights may open /dev/stdout; nobody else gets to see it. */
async function makeFifos(paths: string[]): Promise<void> {
  const started = await spawnOrExplain(['mkfifo', '-m', '622', '--', ...paths], { stdio: 'ignore' });
  if ('refused' in started) return unavailable(started.refused);
  const exit = await exitOf(started.child);
  if (exit.kind !== 'exited' || exit.code !== 0) unavailable(`mkfifo failed in ${tmpdir()}`);
}

function openBothEnds(path: string): OutputPipe {
  // Reading end first and without blocking: a writing end cannot be opened before there is a reader.
  const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { readFd, writeFd: openSync(path, constants.O_WRONLY) };
}

function unavailable(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new AppError(
    'unavailable',
    `no pipe could be made for a step's output: ${reason}; check that ${tmpdir()} is writable and has space`,
    {},
    { cause },
  );
}
