import type { z } from 'zod';
import { api } from '../../contract/addresses.ts';
import type { Client } from '../../contract/client.ts';
import type { LogLine } from '../../contract/logs.ts';
import type { DeployParams } from '../arguments.ts';

type Line = z.infer<typeof LogLine>;

/** The lines of a log that are there now, a page at a time. */
export async function* readLines(client: Client, params: DeployParams): AsyncGenerator<Line> {
  let from: number | null = 1;
  while (from !== null) {
    const page: { items: Line[]; next: number | null } = await client.call(api.logLines, {
      params,
      query: { from, limit: 5000 },
    });
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
  params: DeployParams,
  write: (line: Line) => Promise<void>,
): Promise<number> {
  let last: Line | undefined;
  for await (const line of readLines(client, params)) {
    if (last !== undefined) await write(last);
    last = line;
  }
  return last?.offset ?? 0;
}
