import { setTimeout as delay } from 'node:timers/promises';
import type { IsolationTools } from './isolationTools.ts';
import { listProcesses, markerOf, type ProcessEntry, processEntry, signalGroups } from './processTable.ts';
import {
  type Command,
  exitOf,
  killPatienceMs,
  type Launched,
  type ProcessTree,
  spawnOrExplain,
} from './processTree.ts';
import { markerVariable } from './step.ts';

const pollMs = 20;

/**
 * Launches a command as the leader of a session of its own. Its descendants are those in that session, and those
 * that left it (`setsid`, daemons) but carry the marker in their environment. The kernel kills the main process
 * when this one dies, its descendants wait for `killMarked`. Out of reach are processes that both left the
 * session and changed or overwrote their environment, and those of another user.
 */
export async function launchInGroup(command: Command, tools: Partial<IsolationTools>): Promise<Launched> {
  const { argv, cwd, marker, output } = command;
  const guard = tools.setpriv ? [tools.setpriv, '--pdeathsig', 'KILL', '--'] : [];
  const started = await spawnOrExplain([...guard, ...argv], {
    cwd,
    env: { ...command.env, [markerVariable]: marker },
    stdio: ['ignore', output, output],
    detached: true,
  });
  if ('refused' in started) return started;
  const { child } = started;
  const exited = exitOf(child);
  return { tree: groupTree(child.pid ?? 0, marker, exited) };
}

function groupTree(leader: number, marker: string, exited: ProcessTree['exited']): ProcessTree {
  const since = processEntry(leader)?.startTicks ?? 0;
  const findMembers = () => membersOf({ session: leader, marker, since });
  let killing = false;

  async function terminate(): Promise<void> {
    const members = await findMembers();
    signalGroups(members, 'SIGTERM');
    signalGroups(members, 'SIGCONT');
    while (!killing && (await findMembers()).length > 0) await delay(pollMs);
  }

  async function kill(): Promise<number[]> {
    killing = true;
    return killAll(findMembers, exited);
  }

  return { exited, terminate, kill };
}

/** Kills what is found until nothing is, and waits for the main process; answers what withstood for seconds. */
export async function killAll(
  findMembers: () => Promise<ProcessEntry[]>,
  exited: ProcessTree['exited'],
): Promise<number[]> {
  const deadline = performance.now() + killPatienceMs;
  // One pass does not do: a process may start another between being found and being killed.
  for (;;) {
    const members = await findMembers();
    if (members.length === 0) break;
    if (performance.now() > deadline) return members.map((member) => member.pid);
    signalGroups(members, 'SIGKILL');
    await delay(1);
  }
  await exited;
  return [];
}

/** The living processes of a session, and those that left it and carry the marker; none from before `since` (ticks). */
export async function membersOf(tree: {
  session: number;
  marker: string;
  since: number;
}): Promise<ProcessEntry[]> {
  const candidates = listProcesses().filter(
    (entry) => entry.startTicks >= tree.since && entry.pid !== process.pid,
  );
  const isMember = await Promise.all(
    candidates.map(
      async (entry) => entry.session === tree.session || (await markerOf(entry.pid)) === tree.marker,
    ),
  );
  return candidates.filter((_, i) => isMember[i]);
}
