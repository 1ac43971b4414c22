import type { Conclusion } from '../../workflows/run/index.ts';
import { plainLine } from '../output/plainText.ts';
import type { Style, Terminal } from '../output/terminal.ts';
import { writeDuration } from '../output/time.ts';

/** How each conclusion is painted; its word or mark always stands beside it. */
export const styleOfConclusion: Record<Conclusion, Style | readonly Style[]> = {
  success: 'green',
  failure: ['red', 'bold'],
  cancelled: 'yellow',
  skipped: 'dim',
};

const marks: Record<Conclusion, { unicode: string; ascii: string }> = {
  success: { unicode: '✓', ascii: 'ok' },
  failure: { unicode: '✗', ascii: 'FAILED' },
  cancelled: { unicode: '⊘', ascii: 'cancelled' },
  skipped: { unicode: '-', ascii: '-' },
};

export const markOf = (conclusion: Conclusion, terminal: Terminal): string =>
  terminal.paint(styleOfConclusion[conclusion], marks[conclusion][terminal.unicode ? 'unicode' : 'ascii']);

/** `12 ms`, `1.2 s`, `3 min 12 s`. */
export const writeMs = (ms: number): string =>
  ms < 100 ? `${Math.max(0, Math.round(ms))} ms` : writeDuration(ms / 1000);

/** `✓ Install  4.2 s`, `✗ Test  1.3 s  exit code 1`. */
export function finishedLine(
  terminal: Terminal,
  what: {
    conclusion: Conclusion;
    name: string;
    durationMs: number;
    detail: string | null;
    tolerated: boolean;
  },
): string {
  const { conclusion, name, durationMs, detail, tolerated } = what;
  const words = [
    `${markOf(conclusion, terminal)} ${paintName(terminal, conclusion, plainLine(name))}`,
    terminal.paint('dim', writeMs(durationMs)),
    ...(detail === null ? [] : [plainLine(detail)]),
    ...(tolerated ? [terminal.paint('dim', '(the job goes on)')] : []),
  ];
  return words.join('  ');
}

const paintName = (terminal: Terminal, conclusion: Conclusion, name: string): string =>
  conclusion === 'failure' ? terminal.paint(['red', 'bold'], name) : name;

/** `- Deploy  skipped: github.ref == 'refs/heads/main'`. */
export function skippedLine(
  terminal: Terminal,
  what: { name: string; conclusion: Exclude<Conclusion, 'success'>; why: readonly (string | null)[] },
): string {
  const { name, conclusion, why } = what;
  const reasons = why.flatMap((each) => (each === null || each === '' ? [] : [plainLine(each)]));
  const words = reasons.length === 0 ? conclusion : `${conclusion}: ${reasons.join(': ')}`;
  const style = conclusion === 'skipped' ? 'dim' : styleOfConclusion[conclusion];
  return `${markOf(conclusion, terminal)} ${terminal.paint(style, `${plainLine(name)}  ${words}`)}`;
}
