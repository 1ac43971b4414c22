import { safeJson } from './plainText.ts';
import { type Cell, type Column, renderTable } from './table.ts';
import type { Style, Terminal } from './terminal.ts';
import { type TimeStyle, writeTime } from './time.ts';

/** How a command speaks: results on standard output, everything around them on standard error. */
export interface Output {
  readonly terminal: Terminal;
  /** Standard output carries JSON and nothing else. */
  readonly json: boolean;
  /** Prints the document as JSON, or calls `human` to print it for people. */
  show(document: unknown, human: () => void): void;
  /** One JSON document on one line, for streams. */
  record(document: unknown): void;
  /** A line of the result. */
  line(text?: string): void;
  table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): void;
  /** A line about the result: what to do next, what was left out. Silent with `--json`. */
  note(text: string): void;
  paint(style: Style | readonly Style[], text: string): string;
  /** `5 min ago`, or the exact time. Null is a dash. */
  time(iso: string | null): string;
}

export function createOutput(terminal: Terminal, options: { json: boolean; times: TimeStyle }): Output {
  const print = (text: string) => terminal.stdout.write(`${text}\n`);
  return {
    terminal,
    json: options.json,
    show: (document, human) => (options.json ? void print(safeJson(document, 2)) : human()),
    record: (document) => void print(safeJson(document)),
    line: (text = '') => void print(text),
    table: (columns, rows) => {
      const surface = { columns: terminal.columns(), paint: terminal.paint };
      for (const line of renderTable(columns, rows, surface)) print(line);
    },
    note: (text) => void (options.json || terminal.stderr.write(`${text}\n`)),
    paint: terminal.paint,
    time: (iso) => (iso === null ? '-' : writeTime(iso, options.times)),
  };
}
