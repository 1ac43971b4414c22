import type { Client } from '../../contract/client.ts';
import type { Line, LogSource } from './logSource.ts';

/** The lines of a log that are there now, a page at a time; from one on, up to another and without that. */
export async function* readLines(
  client: Client,
  log: LogSource,
  range: { from: number; to: number } = { from: 1, to: Number.POSITIVE_INFINITY },
): AsyncGenerator<Line> {
  let from: number | null = range.from;
  while (from !== null && from < range.to) {
    const limit = Math.min(5000, range.to - from);
    const page: { items: Line[]; next: number | null } = await log.lines(client, { from, limit });
    yield* page.items;
    from = page.next;
  }
}

/**
 * Writes all lines that are there but the last, which may not be complete. Answers the offset at which the last
 * one begins: following goes on there.
 */
export async function catchUp(
  client: Client,
  log: LogSource,
  write: (line: Line) => Promise<void>,
): Promise<number> {
  let last: Line | undefined;
  for await (const line of readLines(client, log)) {
    if (last !== undefined) await write(last);
    last = line;
  }
  return last?.offset ?? 0;
}
