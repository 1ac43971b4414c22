import type { IsolationTools } from '../isolationTools.ts';
import { exitOf, spawnOrExplain } from '../processTree.ts';
import { type Binds, startKeeper } from '../startKeeper.ts';
import type { MainExit } from '../step.ts';
import type { StepPlace } from '../stepPlace.ts';

/** Starts processes on behalf of places: this process itself, or a smaller one. */
export interface Launcher {
  /** Starts a command that leads a session, or says why it cannot. */
  start(command: StartCommand): Promise<Started | { refused: string }>;
  /** As `startKeeper`. */
  keep(request: KeeperRequest): Promise<StepPlace | { refused: string }>;
}

export interface StartCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The descriptor that takes all its output. */
  readonly output: number;
}

export interface KeeperRequest {
  readonly marker: string;
  readonly tools: IsolationTools;
  readonly binds?: Binds;
  /** In a user namespace too, which gives an ordinary user what it takes. */
  readonly ownUsers?: boolean;
}

/** A process that runs. */
export interface Started {
  readonly pid: number;
  readonly exited: Promise<MainExit>;
}

/** Starts them from here. Takes as long as this process is large, and holds it up meanwhile. */
export const ownLauncher: Launcher = {
  async start({ argv, cwd, env, output }) {
    const started = await spawnOrExplain(argv, {
      cwd,
      env,
      stdio: ['ignore', output, output],
      detached: true,
    });
    if ('refused' in started) return started;
    return { pid: started.child.pid ?? 0, exited: exitOf(started.child) };
  },
  keep: ({ marker, tools, binds, ownUsers }) => startKeeper(marker, tools, binds, ownUsers),
};
