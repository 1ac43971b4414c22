import { setTimeout as delay } from 'node:timers/promises';
import type { IsolationTools } from './isolationTools.ts';
import { findMarked } from './killMarked.ts';
import { ownLauncher } from './launcher/launcher.ts';
import { ownTmp } from './ownTmp.ts';
import type { SharedPlace, SharedPlaceOptions } from './place.ts';
import { placedTree } from './placedTree.ts';
import { type Command, killPatienceMs } from './processTree.ts';
import { markerVariable } from './step.ts';

/** How a namespace is made here. */
export interface NamespaceMeans {
  readonly tools: IsolationTools;
  /** Why this is possible, in words. */
  readonly reason: string;
  /** The ordinary user who has a user namespace for it; undefined: root needs none. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** Makes a shared place that is a namespace of processes and mounts, or says why it could not be made. */
export async function openNamespacePlace(
  { marker, tmp, enter: before = [], launcher = ownLauncher }: SharedPlaceOptions,
  { tools, reason, user }: NamespaceMeans,
): Promise<SharedPlace | { refused: string }> {
  const started = await launcher.keep({ marker, tools, binds: ownTmp(tmp), ownUsers: user !== undefined });
  if ('refused' in started) return started;
  const keeper = started;
  const { pid } = keeper;
  // Who has entered as root of the namespace becomes the user again, in one more: so nobody inside may undo its mounts.
  const users = user === undefined ? [] : ['--preserve-credentials', `--user=/proc/${pid}/ns/user`];
  const asUser =
    user === undefined
      ? []
      : [tools.unshare, '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`, '--'];
  const namespaces = [...users, `--mount=/proc/${pid}/ns/mnt`, `--pid=/proc/${pid}/ns/pid_for_children`];

  /** nsenter leaves its working directory behind when it enters; a session of its own, so that `kill 0` stays inside. */
  async function launch(command: Command) {
    const { argv, cwd, env, output } = command;
    const enter = tools.entersDirectory
      ? [tools.nsenter, ...namespaces, `--wdns=${cwd}`, '--', ...asUser, tools.setsid]
      : [tools.nsenter, ...namespaces, '--', tools.env, `--chdir=${cwd}`, ...asUser, tools.setsid];
    const started = await launcher.start({
      argv: [...enter, ...before, ...argv],
      cwd: '/',
      env: { ...env, [markerVariable]: command.marker },
      output,
    });
    if ('refused' in started) return started;
    return { tree: placedTree(started, 'child', command.marker) };
  }

  async function end(): Promise<number[]> {
    const patience = new AbortController();
    const outOfPatience = delay(killPatienceMs, false, { signal: patience.signal }).catch(() => false);
    const allGone = await Promise.race([keeper.end().then(() => true), outOfPatience]);
    patience.abort();
    if (allGone) return [];
    return (await findMarked((found) => found.startsWith(`${marker}/`))).map(({ pid: stuck }) => stuck);
  }

  const outside = (path: string) => `/proc/${pid}/root${path}`;
  return { mode: 'namespace', reason, outside, launch, end };
}
