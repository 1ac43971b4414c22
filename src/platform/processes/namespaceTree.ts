import { setTimeout as delay } from 'node:timers/promises';
import type { IsolationTools } from './isolationTools.ts';
import { findMarked } from './killMarked.ts';
import { type Command, exitOf, killPatienceMs, type Launched, spawnOrExplain } from './processTree.ts';
import { startKeeper } from './startKeeper.ts';
import { markerVariable } from './step.ts';
import type { StepPlace } from './stepPlace.ts';

/** TERM to every process of the namespace but this one and process 1; CONT wakes those that were stopped. */
const terminateAndWait = 'kill -TERM -1; kill -CONT -1; while kill -0 -1; do sleep 0.02; done';

/**
 * Launches a command in a process namespace of its own, which nothing can leave. Process 1 of it is a keeper that
 * does nothing but hold its standard input: when that ends, because it is closed here or because this process
 * died, the keeper ends, and the kernel kills everything in the namespace (pid_namespaces(7)).
 *
 * The command is not process 1 itself, so that signals work on it as anywhere, and not a child of a shell, so
 * that its environment is exactly what was given and its end is told truthfully: nsenter passes on exit codes and
 * signals alike. It sees a /proc of its own; mounts that it makes vanish with it.
 */
export async function launchInNamespace(
  command: Command,
  tools: IsolationTools,
  place?: StepPlace,
): Promise<Launched> {
  const keeper = place ?? (await startKeeper(command.marker, tools));
  if ('refused' in keeper) return keeper;
  const { end } = keeper;
  const namespace = `--pid=/proc/${keeper.pid}/ns/pid_for_children`;
  const main = await startMain(command, namespace, tools);
  if ('refused' in main) {
    await end();
    return main;
  }
  const exited = exitOf(main.child);

  async function terminate(): Promise<void> {
    const argv = [tools.nsenter, namespace, '--', tools.sh, '-c', terminateAndWait];
    const env = { PATH: '/usr/bin:/bin' };
    const helper = await spawnOrExplain(argv, { env, stdio: 'ignore', detached: true });
    // Without a helper there is no TERM; the caller's KILL needs none.
    if ('child' in helper) await exitOf(helper.child);
    await exited;
  }

  async function kill(): Promise<number[]> {
    const patience = new AbortController();
    const gone = Promise.all([end(), exited]).then(() => true);
    const outOfPatience = delay(killPatienceMs, false, { signal: patience.signal }).catch(() => false);
    const allGone = await Promise.race([gone, outOfPatience]);
    patience.abort();
    return allGone ? [] : (await findMarked((marker) => marker === command.marker)).map(({ pid }) => pid);
  }

  return { tree: { exited, terminate, kill } };
}

function startMain(command: Command, namespace: string, tools: IsolationTools) {
  const { argv, cwd, env, marker, output } = command;
  const enter = [tools.nsenter, namespace, '--'];
  const ownProc = [tools.unshare, '--mount-proc', '--propagation', 'slave', '--'];
  // A group of its own: `kill 0` in a script must not hit nsenter outside.
  const ownSession = [tools.setsid];
  return spawnOrExplain([...enter, ...ownProc, ...ownSession, ...argv], {
    cwd,
    env: { ...env, [markerVariable]: marker },
    stdio: ['ignore', output, output],
    detached: true,
  });
}
