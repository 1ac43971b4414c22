import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findIsolationTools } from '../isolationTools.ts';
import type { MainExit } from '../step.ts';
import { type Launcher, ownLauncher, type Started } from './launcher.ts';
import type { Answer, Request } from './messages.ts';

/** A launcher in a process of its own. */
export interface LauncherProcess extends Launcher {
  readonly pid: number;
  /** Until then, and when it is gone, this process starts things itself. */
  readonly ready: Promise<void>;
  /** Ends it. All that it started and that still runs is killed with it. */
  close(): void;
}

/** Room for few objects, and no threads that it has no work for: it copies its memory for each start. */
const small = ['--max-semi-space-size=1', '--max-old-space-size=64', '--v8-pool-size=0'];
const program = fileURLToPath(new URL('./launcherProgram.ts', import.meta.url));

/**
 * Starts a small process that starts others: the kernel copies the tables of a process for each one that it starts,
 * which holds up a large one for long. The kernel ends it with this process, and what it started with it. Call it from the main thread.
 * `enter` stands before its command, as that of a `ResourceGroup`: what it starts is in that group too.
 */
export async function openLauncher(
  env: Readonly<Record<string, string | undefined>>,
  enter: readonly string[] = [],
): Promise<LauncherProcess> {
  const { setpriv } = await findIsolationTools();
  const guard = setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL', '--'];
  const [file = '', ...args] = [
    ...guard,
    ...enter,
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    ...small,
    program,
  ];
  const { NODE_COMPILE_CACHE: cache } = env;
  const child = spawn(file, args, {
    cwd: '/',
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: cache },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // What a terminal sends to its process group is for us.
    detached: true,
  });
  child.unref();
  return connect(child);
}

/** What waits for an answer by its number. */
interface Pending {
  readonly started: (answer: { pid: number } | { refused: string }) => void;
  readonly exited: (exit: MainExit) => void;
}

function connect(child: ChildProcess): LauncherProcess {
  const pending = new Map<number, Pending>();
  let count = 0;
  let isReady = false;
  const ready = Promise.withResolvers<void>();

  child.on('message', (answer: Answer) => {
    const waiting = pending.get(answer.id);
    switch (answer.kind) {
      case 'ready':
        isReady = true;
        ready.resolve();
        if (pending.size === 0) child.channel?.unref();
        return;
      case 'started':
        waiting?.started({ pid: answer.pid });
        return;
      case 'refused':
        forget(answer.id);
        waiting?.started({ refused: answer.message });
        return;
      case 'exited':
        forget(answer.id);
        waiting?.exited(answer.exit);
    }
  });

  /** The connection keeps this process alive as long as something is waited for. */
  function forget(id: number): void {
    pending.delete(id);
    if (pending.size === 0) child.channel?.unref();
  }

  /** The kernel kills what it started; nobody is left to tell how it ended. */
  function lose(): void {
    isReady = false;
    ready.resolve();
    for (const { started, exited } of pending.values()) {
      started({ refused: 'the process that starts others has ended' });
      exited({ kind: 'signalled', signal: 'SIGKILL' });
    }
    pending.clear();
  }
  child.on('disconnect', lose);
  child.on('error', lose);

  async function ask(
    makeRequest: (id: number) => Request,
  ): Promise<(Started & { id: number }) | { refused: string }> {
    count += 1;
    const id = count;
    const started = Promise.withResolvers<{ pid: number } | { refused: string }>();
    const exited = Promise.withResolvers<MainExit>();
    pending.set(id, { started: started.resolve, exited: exited.resolve });
    child.channel?.ref();
    child.send(makeRequest(id));
    const answer = await started.promise;
    return 'refused' in answer ? answer : { id, pid: answer.pid, exited: exited.promise };
  }

  return {
    pid: child.pid ?? 0,
    ready: ready.promise,
    async start(command) {
      if (!isReady) return ownLauncher.start(command);
      const { output, ...rest } = command;
      // Opened anew there: a descriptor cannot be sent, and this process keeps its own open until the answer.
      const path = `/proc/${process.pid}/fd/${output}`;
      return ask((id) => ({ id, kind: 'start', command: rest, output: path }));
    },
    async keep(request) {
      if (!isReady) return ownLauncher.keep(request);
      const keeper = await ask((id) => ({ id, kind: 'keep', request }));
      if ('refused' in keeper) return keeper;
      const { pid, id, exited } = keeper;
      const end = async () => {
        if (child.connected) child.send({ id, kind: 'end' } satisfies Request);
        await exited;
      };
      return { pid, end };
    },
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}
