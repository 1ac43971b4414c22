import { once } from 'node:events';
import type { RunEvent } from '../../workflows/run/index.ts';

/** What somebody who runs a workflow sees. */
export interface RunView {
  /** While the promise it may answer is pending, whoever reads is slower than what writes. */
  take(event: RunEvent): Promise<void> | undefined;
  /** Something about the run that is no event: what is narrowed, that it is cancelled. */
  note(text: string): void;
  close(): void;
}

export interface RunViewOptions {
  readonly verbose: boolean;
  now(): Date;
}

/** Nothing to wait for, or until whoever reads has caught up. */
export function drained(stream: NodeJS.WriteStream): Promise<void> | undefined {
  if (!stream.writableNeedDrain) return undefined;
  return once(stream, 'drain').then(() => undefined);
}
