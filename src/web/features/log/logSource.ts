import type { LogLine } from '../../../contract/logs.ts';
import type { LogOutline } from '../../../contract/watching.ts';
import type { StreamHandlers } from '../../api/followStream.ts';
import type { Section } from './sections.ts';

/** Where a log comes from: how it is asked for, and how the lines are known with which its steps begin. */
export interface LogSource {
  /** Another one is another log. */
  readonly key: string;
  outline(signal: AbortSignal): Promise<LogOutline>;
  lines(
    query: { from: number; limit: number },
    signal?: AbortSignal,
  ): Promise<{ items: readonly LogLine[]; next: number | null }>;
  search(
    query: { text: string; limit: number },
    signal: AbortSignal,
  ): Promise<{ lines: readonly number[]; more: boolean }>;
  follow(handlers: StreamHandlers): Promise<void>;
  /** The section that a line begins, among those that come in while one follows. */
  readMark(line: { number: number; text: string }, known: readonly Section[]): Section | undefined;
  /** The raw log: its path below the API, and what its file is called. */
  readonly download: { readonly path: string; readonly fileName: string };
}

/** What writes a log, as the words around it need it. */
export interface LogWriter {
  /** What lines are timed from. */
  readonly startedAt: string | null;
  readonly active: boolean;
  /** What to say while there is no line. */
  readonly nothing: string;
}
