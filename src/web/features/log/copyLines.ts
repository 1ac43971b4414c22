import { plainText } from '../../lib/ansi/index.ts';
import { copyText } from '../../lib/copy.ts';
import type { LineRange } from './logLayout.ts';
import type { LogSource } from './logSource.ts';

/** More lines than this are downloaded, not copied. */
export const mostCopied = 50_000;
const atOnce = 5000;

/** Copies what lines say, without their colours. */
export async function copyLines(source: LogSource, { from, to }: LineRange): Promise<void> {
  const texts: string[] = [];
  for (let next: number | null = from; next !== null && next <= to; ) {
    const query = { from: next, limit: Math.min(atOnce, to - next + 1) };
    const page: Awaited<ReturnType<LogSource['lines']>> = await source.lines(query);
    for (const line of page.items) texts.push(plainText(line.text));
    next = page.next;
  }
  await copyText(`${texts.join('\n')}\n`);
}
