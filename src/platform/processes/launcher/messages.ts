import type { MainExit } from '../step.ts';
import type { KeeperRequest, StartCommand } from './launcher.ts';

/** What the launcher process is asked for. `output` is the path of what takes the output. */
export type Request =
  | {
      readonly id: number;
      readonly kind: 'start';
      readonly command: Omit<StartCommand, 'output'>;
      readonly output: string;
    }
  | { readonly id: number; readonly kind: 'keep'; readonly request: KeeperRequest }
  /** Ends the keeper that was asked for by this number. */
  | { readonly id: number; readonly kind: 'end' };

/** What it answers: first that it runs or why not, later its end. */
export type Answer =
  | { readonly id: number; readonly kind: 'ready' }
  | { readonly id: number; readonly kind: 'started'; readonly pid: number }
  | { readonly id: number; readonly kind: 'refused'; readonly message: string }
  | { readonly id: number; readonly kind: 'exited'; readonly exit: MainExit };
