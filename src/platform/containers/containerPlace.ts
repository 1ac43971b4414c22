import { setTimeout as delay } from 'node:timers/promises';
import { killAll, membersOf } from '../processes/groupTree.ts';
import type { IsolationTools } from '../processes/isolationTools.ts';
import { findIsolationTools } from '../processes/isolationTools.ts';
import { findMarked } from '../processes/killMarked.ts';
import { type Launcher, ownLauncher, type Started } from '../processes/launcher/launcher.ts';
import type { SharedPlace } from '../processes/place.ts';
import type { PlacedTree } from '../processes/placedTree.ts';
import { processEntry, signalGroups } from '../processes/processTable.ts';
import type { Command } from '../processes/processTree.ts';
import { markerVariable } from '../processes/step.ts';
import { type ContainerEngine, clientEnv, envArguments } from './engine.ts';
import { resolveInside } from './resolveInside.ts';
import type { RunningContainer } from './startContainer.ts';

const pollMs = 5;

export interface ContainerPlaceOptions {
  readonly engine: ContainerEngine;
  readonly container: RunningContainer;
  readonly reason: string;
  readonly launcher?: Launcher | undefined;
  /** Removes the container, and with it all that runs there. */
  readonly end: () => Promise<number[]>;
}

/** A place in a container that runs: commands enter it through its engine, and are signalled from outside. */
export async function containerPlace(options: ContainerPlaceOptions): Promise<SharedPlace> {
  const { engine, container, reason, launcher = ownLauncher, end } = options;
  const root = `/proc/${container.pid}/root`;
  const tools: Partial<IsolationTools> = await findIsolationTools();
  const guard = tools.setpriv ? [tools.setpriv, '--pdeathsig', 'KILL', '--'] : [];

  async function launch({ argv, cwd, env, marker, output }: Command) {
    const given = envArguments({ ...env, [markerVariable]: marker });
    const { [markerVariable]: _own, ...carried } = given.env;
    // Whoever enters must not be taken for what runs inside, so its own environment has no marker.
    const args = given.args.map((arg) => (arg === markerVariable ? `${markerVariable}=${marker}` : arg));
    const started = await launcher.start({
      argv: [...guard, ...engine.command, 'exec', '--workdir', cwd, ...args, container.id, ...argv],
      cwd: '/',
      env: { ...carried, ...clientEnv() },
      output,
    });
    return 'refused' in started ? started : { tree: markedTree(started, marker) };
  }

  const { PATH } = container.env;
  return {
    mode: 'container',
    reason,
    env: PATH === undefined ? {} : { PATH },
    outside: (path) => resolveInside(root, path),
    launch,
    end,
  };
}

/** The tree of a command that was started by somebody else on behalf of this child; its processes carry the marker. */
function markedTree({ pid, exited }: Started, marker: string): PlacedTree {
  const since = processEntry(pid)?.startTicks ?? 0;
  let ended = false;
  void exited.then(() => {
    ended = true;
  });

  /** The first of them leads the others. Right after the start it may not be there yet. */
  async function signal(name: NodeJS.Signals): Promise<void> {
    while (!ended) {
      const found = await findMarked((other) => other === marker);
      const [first] = found.toSorted((a, b) => a.startTicks - b.startTicks || a.pid - b.pid);
      if (first !== undefined) {
        signalGroups([first], name);
        if (name !== 'SIGKILL') signalGroups([first], 'SIGCONT');
        return;
      }
      await delay(pollMs);
    }
  }

  const kill = () => killAll(() => membersOf({ session: pid, marker, since }), exited);
  return { exited, signal, kill };
}
