import type { Terminal } from './terminal.ts';
import { writeDuration } from './time.ts';

const frames = { unicode: [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'], ascii: [...'|/-\\'] };
const frameMs = 90;
/** What is done sooner needs no spinner. */
const patienceMs = 250;

/** Shows that `work` goes on, on standard error and only to someone who watches it. */
export async function withSpinner<T>(terminal: Terminal, what: string, work: () => Promise<T>): Promise<T> {
  if (!terminal.stderr.isTTY || !terminal.watched) return work();
  const started = performance.now();
  const pictures = terminal.unicode ? frames.unicode : frames.ascii;
  const timer = setInterval(() => {
    const elapsedMs = performance.now() - started;
    if (elapsedMs < patienceMs) return;
    const picture = pictures[Math.floor(elapsedMs / frameMs) % pictures.length] ?? '';
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
