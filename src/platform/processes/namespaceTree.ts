import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { IsolationTools } from './isolationTools.ts';
import { findMarked } from './killMarked.ts';
import { type Command, exitOf, killPatienceMs, type Launched, spawnOrExplain } from './processTree.ts';
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
  const namespace = `--pid=/proc/${keeper.child.pid}/ns/pid_for_children`;
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

/** What is mounted where, in this order. */
export type Binds = readonly (readonly [source: string, target: string])[];

/** Mounts the pairs before `--`, becomes what stands behind it. */
const mountAndBecome =
  'while [ "$1" != -- ]; do mount --rbind "$1" "$2" || exit; shift 2; done; shift; exec "$@"';

/**
 * Makes a namespace for commands that bear this marker, or says why it cannot. With `binds` it is one of mounts
 * too, and has a /proc of its own.
 */
export async function startKeeper(
  marker: string,
  tools: IsolationTools,
  binds?: Binds,
): Promise<StepPlace | { refused: string }> {
  // A process that ignores SIGCHLD has no zombies: the kernel buries the orphans that it inherits.
  const idle = [tools.env, '--ignore-signal=CHLD', tools.cat];
  // Slave: what is mounted on the machine meanwhile is seen, what is mounted here stays here.
  const own = binds ? ['--mount', '--mount-proc', '--propagation', 'slave'] : [];
  const prepare = binds ? [tools.sh, '-c', mountAndBecome, 'sh', ...binds.flat(), '--'] : [];
  const argv = [
    tools.setpriv,
    '--pdeathsig',
    'KILL',
    tools.unshare,
    '--pid',
    '--fork',
    '--kill-child',
    ...own,
    '--',
    ...prepare,
    ...idle,
  ];
  const started = await spawnOrExplain(argv, {
    cwd: '/',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', [markerVariable]: marker },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  if ('refused' in started) return started;
  const { child } = started;
  const exited = exitOf(child);
  const problem = await firstAnswer(child);
  if (problem !== undefined) return { refused: `no process namespace could be made: ${problem}` };
  const end = async () => {
    child.stdin?.destroy();
    await exited;
  };
  return { child, end };
}

/** Undefined once the keeper echoes, and so runs in its namespace; else what was said instead. */
async function firstAnswer({ stdin, stdout, stderr }: ChildProcess): Promise<string | undefined> {
  if (!stdin || !stdout || !stderr) return 'its pipes are missing';
  let complaint = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  // The keeper may be gone before this arrives; its output then ends without an echo, which is the answer.
  stdin.on('error', () => undefined);
  stdin.write('\n');
  const echoed = await Promise.race([
    once(stdout, 'data').then(() => true),
    once(stdout, 'end').then(() => false),
  ]);
  if (echoed) return undefined;
  if (!stderr.readableEnded) await once(stderr, 'end');
  return complaint.trim() || 'the keeper ended at once';
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
