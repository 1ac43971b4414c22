import { setTimeout as delay } from 'node:timers/promises';
import { detectIsolation, type Isolation } from './isolation.ts';
import type { IsolationTools } from './isolationTools.ts';
import { findMarked, killMarked } from './killMarked.ts';
import { type Launcher, ownLauncher } from './launcher/launcher.ts';
import { ownTmp, type TmpOfPlace } from './ownTmp.ts';
import { type PlacedTree, placedTree } from './placedTree.ts';
import { type Command, killPatienceMs } from './processTree.ts';
import { type IsolationChoice, markerVariable } from './step.ts';

/** What a shared place is made of. */
export interface SharedPlaceOptions {
  /** Markers of the commands that run there are this one, a slash, and something more. */
  marker: string;
  isolation: IsolationChoice;
  /** What `/tmp` is in a namespace; elsewhere it is everybody's. */
  tmp: TmpOfPlace;
  /** Stands before each command, as that of a `ResourceGroup`. */
  enter?: readonly string[];
  /** Undefined: this process starts what runs there. */
  launcher?: Launcher | undefined;
}

/**
 * A place where commands run one after another or at the same time. What they leave running lives on until the
 * place ends, and nothing lives longer: in a namespace by the kernel's word, else as far as the marker reaches.
 */
export interface SharedPlace {
  readonly mode: Isolation['mode'] | 'container';
  /** What commands have there of the machine; undefined: what this machine has. */
  readonly env?: Readonly<Record<string, string>>;
  /** Why it is of this mode. */
  readonly reason: string;
  /** Where the file that is `path` for those inside lies for this process. */
  outside(path: string): string;
  launch(command: Command): Promise<{ tree: PlacedTree } | { refused: string }>;
  /** Ends all that runs there; answers what withstood. */
  end(): Promise<number[]>;
}

/** Makes a place, or says why this machine cannot make one of this isolation. */
export async function openSharedPlace(
  options: SharedPlaceOptions,
): Promise<SharedPlace | { refused: string }> {
  const available = await detectIsolation();
  if (options.isolation !== 'process-group' && available.mode === 'namespace')
    return openNamespace(options, available.tools, available.reason);
  if (options.isolation === 'namespace')
    return { refused: `isolation by namespace was asked for, but ${available.reason}` };
  const reason = available.mode === 'namespace' ? 'process groups were asked for' : available.reason;
  return openGroups(options, available.tools, reason);
}

async function openNamespace(
  { marker, tmp, enter: before = [], launcher = ownLauncher }: SharedPlaceOptions,
  tools: IsolationTools,
  reason: string,
): Promise<SharedPlace | { refused: string }> {
  const started = await launcher.keep({ marker, tools, binds: ownTmp(tmp) });
  if ('refused' in started) return started;
  const keeper = started;
  const { pid } = keeper;
  const namespaces = [`--mount=/proc/${pid}/ns/mnt`, `--pid=/proc/${pid}/ns/pid_for_children`];

  /** nsenter leaves its working directory behind when it enters; a session of its own, so that `kill 0` stays inside. */
  async function launch(command: Command) {
    const { argv, cwd, env, output } = command;
    const enter = tools.entersDirectory
      ? [tools.nsenter, ...namespaces, `--wdns=${cwd}`, '--', tools.setsid]
      : [tools.nsenter, ...namespaces, '--', tools.env, `--chdir=${cwd}`, tools.setsid];
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
