import type { Isolation } from './isolation.ts';
import type { Launcher } from './launcher/launcher.ts';
import type { TmpOfPlace } from './ownTmp.ts';
import type { PlacedTree } from './placedTree.ts';
import type { Command } from './processTree.ts';
import type { IsolationChoice } from './step.ts';

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
