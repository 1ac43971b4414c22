import { detectIsolation } from './isolation.ts';
import type { IsolationTools } from './isolationTools.ts';
import { killMarked } from './killMarked.ts';
import { ownLauncher } from './launcher/launcher.ts';
import { openNamespacePlace } from './namespacePlace.ts';
import type { SharedPlace, SharedPlaceOptions } from './place.ts';
import { placedTree } from './placedTree.ts';
import type { Command } from './processTree.ts';
import { markerVariable } from './step.ts';
import { detectUserNamespace } from './userNamespace.ts';

/** Makes a place, or says why this machine cannot make one of this isolation. */
export async function openSharedPlace(
  options: SharedPlaceOptions,
): Promise<SharedPlace | { refused: string }> {
  const available = await detectIsolation();
  if (options.isolation === 'process-group') {
    const reason = available.mode === 'namespace' ? 'process groups were asked for' : available.reason;
    return openGroups(options, available.tools, reason);
  }
  if (available.mode === 'namespace') return openNamespacePlace(options, available);
  const own = await detectUserNamespace(available.tools);
  if ('tools' in own) return openNamespacePlace(options, own);
  const reason = `${available.reason}; ${own.refused}`;
  return options.isolation === 'namespace'
    ? { refused: `isolation by namespace was asked for, but ${reason}` }
    : openGroups(options, available.tools, reason);
}

function openGroups(
  { marker, enter = [], launcher = ownLauncher }: SharedPlaceOptions,
  tools: Partial<IsolationTools>,
  reason: string,
): SharedPlace {
  async function launch(command: Command) {
    const { argv, cwd, env, output } = command;
    const guard = tools.setpriv ? [tools.setpriv, '--pdeathsig', 'KILL', '--'] : [];
    const started = await launcher.start({
      argv: [...guard, ...enter, ...argv],
      cwd,
      env: { ...env, [markerVariable]: command.marker },
      output,
    });
    if ('refused' in started) return started;
    return { tree: placedTree(started, 'itself', command.marker) };
  }

  const end = async () => (await killMarked(`${marker}/`)).unkilled.map(({ pid }) => pid);
  return { mode: 'process-group', reason, outside: (path) => path, launch, end };
}
