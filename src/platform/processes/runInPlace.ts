import { closeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { openOutputPipe } from './outputPipe.ts';
import { type OutputPump, pumpOutput } from './outputPump.ts';
import type { SharedPlace } from './place.ts';
import type { PlacedTree } from './placedTree.ts';
import type { Command } from './processTree.ts';
import type { MainExit, StepSpec } from './step.ts';

/** A command for a shared place, and how it is stopped. */
export interface PlacedCommand extends Omit<Command, 'output'> {
  /** As for a step: while its promise is pending, the command is held up. */
  onOutput: StepSpec['onOutput'];
  /** Aborted: INT, then TERM, then KILL. */
  stop: AbortSignal;
  /** Aborted: KILL at once, and with it to all else that runs in the place. */
  kill: AbortSignal;
  /** From INT to TERM, and from TERM to KILL. */
  patience: { interruptMs: number; terminateMs: number };
}

/** How a command ended. `lingering` is its output, if somebody may still hold it; whoever ends the place closes it. */
export type PlacedEnd =
  | (MainExit & { unkilled?: readonly number[]; lingering: Lingering })
  | { kind: 'not_started'; message: string };

export interface Lingering {
  close(): void;
}

/**
 * Runs a command in a place until its main process ends. What it left running goes on there; its later output is
 * read and forgotten. A command that was stopped takes everything of its own with it. Rejects only when `onOutput` does.
 */
export async function runInPlace(place: SharedPlace, command: PlacedCommand): Promise<PlacedEnd> {
  const { argv, cwd, env, marker } = command;
  const { readFd, writeFd } = await openOutputPipe();
  const launched = await place
    .launch({ argv, cwd, env, marker, output: writeFd })
    .finally(() => closeSync(writeFd));
  if ('tree' in launched)
    return supervise(place, command, launched.tree, pumpOutput(readFd, command.onOutput));
  closeSync(readFd);
  return { kind: 'not_started', message: launched.refused };
}

async function supervise(
  place: SharedPlace,
  command: PlacedCommand,
  tree: PlacedTree,
  pump: OutputPump,
): Promise<PlacedEnd> {
  const stopping = stopWhenTold(command, tree);
  try {
    const exit = await Promise.race([tree.exited, stopping.killed, pump.failed]);
    // The kernel ends a place faster than processes can be looked for.
    const killAll = command.kill.aborted ? place.end : tree.kill;
    const unkilled = stopping.began() ? await killAll() : [];
    await pump.release();
    const end =
      exit ?? (unkilled.length > 0 ? ({ kind: 'signalled', signal: 'SIGKILL' } as const) : await tree.exited);
    return { ...end, ...(unkilled.length > 0 ? { unkilled } : {}), lingering: pump };
  } catch (error) {
    await tree.kill();
    pump.close();
    throw error;
  } finally {
    stopping.dispose();
  }
}

function stopWhenTold({ stop, kill, patience }: PlacedCommand, tree: PlacedTree) {
  const over = new AbortController();
  const { promise: killed, resolve: onKilled } = Promise.withResolvers<undefined>();
  let begun = false;
  const wait = (ms: number) => delay(ms, undefined, { signal: over.signal }).catch(() => undefined);

  async function stopInOrder(): Promise<void> {
    begun = true;
    await tree.signal('SIGINT');
    await wait(patience.interruptMs);
    if (over.signal.aborted) return;
    await tree.signal('SIGTERM');
    await wait(patience.terminateMs);
    if (!over.signal.aborted) killNow();
  }

  function killNow(): void {
    begun = true;
    onKilled(undefined);
  }

  const onStop = () => void stopInOrder();
  if (kill.aborted) killNow();
  else if (stop.aborted) onStop();
  stop.addEventListener('abort', onStop, { once: true });
  kill.addEventListener('abort', killNow, { once: true });

  function dispose(): void {
    over.abort();
    stop.removeEventListener('abort', onStop);
    kill.removeEventListener('abort', killNow);
  }

  return { killed, began: () => begun, dispose };
}
