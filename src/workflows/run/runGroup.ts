import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from '../../platform/errors.ts';
import type { PlannedConcurrency } from '../plan/index.ts';

/** A run's turn in the concurrency group of its workflow. */
export interface RunGroup {
  /** Aborted when the run is to be cancelled, by whoever asked or for a newer run. */
  readonly cancel: AbortSignal;
  release(): void;
}

export interface RunGroupHost {
  /** Whose groups they are: the git directory of the checkout. */
  readonly repository: string;
  readonly cancel: AbortSignal;
  readonly note: (text: string) => void;
}

/**
 * Waits for the concurrency group of a run among those of the same user and repository on this machine. Who has it
 * listens on an abstract socket, which is the kernel's and so is gone with its process; who waits is connected to it.
 * As on GitHub only the newest waits, unless `queue: max`: then all do, in no certain order.
 */
export async function holdRunGroup(
  concurrency: PlannedConcurrency | null,
  { repository, cancel, note }: RunGroupHost,
): Promise<RunGroup> {
  if (concurrency === null) return { cancel, release: () => undefined };
  const { group } = concurrency;
  const own = new AbortController();
  const either = AbortSignal.any([cancel, own.signal]);
  const path = socketOf(repository, group);
  const giveWay = () => {
    note(`cancelled: a newer run has the concurrency group ${group}`);
    own.abort();
  };
  for (let isTold = false; !either.aborted; ) {
    const server = await listen(path);
    if (server !== null) return { cancel: either, release: lead(server, giveWay) };
    if (!isTold) note(`waits: another run has the concurrency group ${group}`);
    isTold = true;
    if ((await waitInLine(path, concurrency, cancel)) === 'overtaken') giveWay();
  }
  return { cancel: either, release: () => undefined };
}

function socketOf(repository: string, group: string): string {
  const hash = createHash('sha256').update(`${repository}\0${group.toLowerCase()}`).digest('hex');
  return `\0slipway-run-${process.getuid?.()}-${hash.slice(0, 32)}`;
}

/** Null when another one listens. */
async function listen(path: string): Promise<Server | null> {
  const server = createServer();
  try {
    server.listen(path);
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (systemCode(error) === 'EADDRINUSE') return null;
    throw error;
  }
}

/** Looks after those that wait; answers what lets the next one in. */
function lead(server: Server, giveWay: () => void): () => void {
  let waiting: Socket[] = [];
  server.on('connection', (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      waiting = waiting.filter((one) => one !== socket);
    });
    socket.once('data', (wish) => {
      const { queue, cancelInProgress } = readWish(wish);
      if (queue === 'single') for (const before of waiting) before.end('overtaken');
      waiting.push(socket);
      if (cancelInProgress) giveWay();
    });
  });
  return () => {
    server.close();
    for (const socket of waiting) socket.destroy();
  };
}

/** What is no wish of a run of this version asks for nothing. */
function readWish(text: Buffer): Pick<PlannedConcurrency, 'queue' | 'cancelInProgress'> {
  const [queue, cancels] = text.toString().split(' ');
  return { queue: queue === 'single' ? 'single' : 'max', cancelInProgress: cancels === 'true' };
}

const retryMs = 5;

/** Until who has the group is gone, or lets a newer one wait. */
async function waitInLine(
  path: string,
  { queue, cancelInProgress }: PlannedConcurrency,
  cancel: AbortSignal,
): Promise<'gone' | 'overtaken'> {
  const socket = createConnection(path);
  const stop = () => socket.destroy();
  cancel.addEventListener('abort', stop, { once: true });
  let answer = '';
  socket.on('data', (text) => {
    answer += text;
  });
  socket.on('error', stop);
  socket.write(`${queue} ${cancelInProgress}`);
  await once(socket, 'close').catch(() => undefined);
  cancel.removeEventListener('abort', stop);
  if (answer === 'overtaken') return 'overtaken';
  await delay(retryMs);
  return 'gone';
}
