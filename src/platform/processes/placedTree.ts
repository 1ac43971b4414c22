import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { killAll, membersOf } from './groupTree.ts';
import type { Started } from './launcher/launcher.ts';
import { processEntry, signalGroups } from './processTable.ts';
import type { MainExit } from './step.ts';

const pollMs = 2;

/** The processes of one command in a shared place. */
export interface PlacedTree {
  /** How the main process ended. */
  readonly exited: Promise<MainExit>;
  /** Signals the main process and what it runs in its process group, as a terminal does. */
  signal(signal: NodeJS.Signals): Promise<void>;
  /** Kills all that came of the command; answers what withstood for seconds. */
  kill(): Promise<number[]>;
}

/**
 * The tree of a command that is a `child` of what was started (which only enters the place), or that `itself`, and
 * that leads a session.
 */
export function placedTree({ pid, exited }: Started, main: 'child' | 'itself', marker: string): PlacedTree {
  const since = processEntry(pid)?.startTicks ?? 0;
  let ended = false;
  void exited.then(() => {
    ended = true;
  });

  /** The leader of the session; undefined when it has ended. Right after the start it may not be there yet. */
  async function leader(): Promise<number | undefined> {
    while (!ended) {
      const found = main === 'itself' ? pid : childOf(pid);
      if (found !== undefined && processEntry(found)?.session === found) return found;
      await delay(pollMs);
    }
    return undefined;
  }

  async function signal(name: NodeJS.Signals): Promise<void> {
    const found = await leader();
    const entry = found === undefined ? undefined : processEntry(found);
    if (entry === undefined) return;
    signalGroups([entry], name);
    if (name !== 'SIGKILL') signalGroups([entry], 'SIGCONT');
  }

  async function kill(): Promise<number[]> {
    const session = (await leader()) ?? pid;
    return killAll(() => membersOf({ session, marker, since }), exited);
  }

  return { exited, signal, kill };
}

function childOf(pid: number): number | undefined {
  try {
    const [first = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    return first === '' ? undefined : Number(first);
  } catch {
    // It is gone; whoever waits for its end hears of it.
    return undefined;
  }
}
