import { closeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { findObstacle } from './findObstacle.ts';
import { launchInGroup } from './groupTree.ts';
import { detectIsolation, type Isolation } from './isolation.ts';
import { launchInNamespace } from './namespaceTree.ts';
import { openOutputPipe } from './outputPipe.ts';
import { type OutputPump, pumpOutput } from './outputPump.ts';
import type { Launched, ProcessTree } from './processTree.ts';
import type { MainExit, StepResult, StepSpec, Stop } from './step.ts';
import { watchLimits } from './stepLimits.ts';

const defaultGraceMs = 10_000;

/**
 * Runs a command to its end and answers how it ended, after the consumer has taken its last byte of output.
 *
 * At a limit or on cancel, TERM goes to all its processes, and KILL to those that are left after the grace. When
 * the main process ends by itself, whatever it left running is killed at once: nothing outlives its step.
 * Services belong to a service manager.
 *
 * Rejects only when `onOutput` does, or when this machine lacks something that no step can do without; the
 * processes are gone then too. Call it from the main thread: the kernel ties steps to the thread that starts them.
 */
export async function runStep(step: StepSpec): Promise<StepResult> {
  const started = await start(step).catch(async (error: unknown) => {
    await step.place?.end();
    throw error;
  });
  if ('kind' in started) {
    await step.place?.end();
    return started;
  }
  return supervise(step, started.tree, pumpOutput(started.readFd, step.onOutput));
}

async function start(step: StepSpec): Promise<StepResult | { tree: ProcessTree; readFd: number }> {
  if (step.cancel.aborted) return { kind: 'cancelled' };
  const obstacle = await findObstacle(step);
  if (obstacle !== undefined) return { kind: 'not_started', message: obstacle };
  const available = await detectIsolation();
  const { readFd, writeFd } = await openOutputPipe();
  const launched = await launch(step, writeFd, available).finally(() => closeSync(writeFd));
  if ('tree' in launched) return { tree: launched.tree, readFd };
  closeSync(readFd);
  return { kind: 'not_started', message: launched.refused };
}

async function launch(step: StepSpec, output: number, available: Isolation): Promise<Launched> {
  const { argv, cwd, env, marker, place, isolation = 'auto' } = step;
  const command = { argv, cwd, env, marker, output };
  if (isolation === 'process-group') return launchInGroup(command, available.tools);
  if (available.mode === 'namespace') return launchInNamespace(command, available.tools, place);
  if (isolation === 'auto') return launchInGroup(command, available.tools);
  return { refused: `isolation by namespace was asked for, but ${available.reason}` };
}

async function supervise(step: StepSpec, tree: ProcessTree, pump: OutputPump): Promise<StepResult> {
  const limits = watchLimits(step, pump.silentMs);
  try {
    const end = await Promise.race([tree.exited, limits.reached, pump.failed]);
    if (isStop(end)) await terminateWithin(step.graceMs ?? defaultGraceMs, tree);
    const unkilled = await tree.kill();
    await pump.drain();
    return unkilled.length > 0 ? { ...end, unkilled } : end;
  } catch (error) {
    await tree.kill();
    throw error;
  } finally {
    limits.dispose();
    pump.close();
  }
}

function isStop(end: MainExit | Stop): end is Stop {
  return end.kind === 'cancelled' || end.kind === 'timed_out';
}

async function terminateWithin(graceMs: number, tree: ProcessTree): Promise<void> {
  const grace = new AbortController();
  const graceIsOver = delay(graceMs, undefined, { signal: grace.signal }).catch(() => undefined);
  await Promise.race([tree.terminate(), graceIsOver]);
  grace.abort();
}
