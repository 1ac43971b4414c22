import type { Terminal } from './terminal.ts';
import { writeDuration } from './time.ts';

const frames = { unicode: [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'], ascii: [...'|/-\\'] };
const frameMs = 90;
/** What is done sooner needs no spinner. */
const patienceMs = 250;

/** The picture of something that goes on, at a time in ms. */
export function spinnerAt(ms: number, unicode: boolean): string {
  const pictures = unicode ? frames.unicode : frames.ascii;
  return pictures[Math.floor(ms / frameMs) % pictures.length] ?? '';
}

/** Shows that `work` goes on, on standard error and only to someone who watches it. */
export async function withSpinner<T>(terminal: Terminal, what: string, work: () => Promise<T>): Promise<T> {
  if (!terminal.stderr.isTTY || !terminal.watched) return work();
  const started = performance.now();
  const timer = setInterval(() => {
    const elapsedMs = performance.now() - started;
    if (elapsedMs < patienceMs) return;
    const picture = spinnerAt(elapsedMs, terminal.unicode);
    const elapsed = elapsedMs < 2000 ? '' : ` (${writeDuration(Math.floor(elapsedMs / 1000))})`;
    terminal.stderr.write(`\r\u001b[K${terminal.paint('cyan', picture)} ${what}${elapsed}`);
  }, frameMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    terminal.stderr.write('\r\u001b[K');
  }
}
