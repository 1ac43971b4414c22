import { openLiveArea } from '../output/liveArea.ts';
import { plainLine } from '../output/plainText.ts';
import { spinnerAt } from '../output/spinner.ts';
import type { Terminal } from '../output/terminal.ts';
import { writeDuration } from '../output/time.ts';
import { pad } from '../output/width.ts';
import { endingLines } from './ending.ts';
import { createRunPicture, type JobPicture, type RunPicture } from './picture.ts';
import { drained, type RunView, type RunViewOptions } from './runView.ts';
import { createTranscript } from './transcript.ts';

const redrawMs = 100;
const tailLines = 5;

/** What is over scrolls; below it stands what goes on: a line a job, and of a lone one its last lines too. */
export function openLiveView(terminal: Terminal, { verbose, now }: RunViewOptions): RunView {
  const { picture, take } = createRunPicture({ colours: terminal.colours });
  const linesOf = createTranscript(picture, (jobs) => {
    const alone = jobs === 1;
    return { terminal, prefixed: !alone, output: verbose ? 'all' : alone ? 'folded' : 'failing', verbose };
  });
  const area = openLiveArea(terminal.stdout, terminal.columns);
  let closed = false;
  const draw = () => {
    const streams = verbose || picture.jobCount === 1;
    if (!closed) area.show(statusLines(picture, { terminal, streams }, now().getTime()));
  };
  const timer = setInterval(draw, redrawMs);
  terminal.stdout.on('resize', draw);

  function close(): void {
    if (closed) return;
    closed = true;
    clearInterval(timer);
    terminal.stdout.off('resize', draw);
    area.close();
  }

  return {
    take: (event) => {
      const lines = linesOf(event);
      take(event);
      if (lines.length > 0) area.write(`${lines.join('\n')}\n`);
      if (event.kind === 'output') return drained(terminal.stdout);
      if (event.kind !== 'run_finished') draw();
      else {
        close();
        terminal.stdout.write(`${endingLines(picture, terminal).join('\n')}\n`);
      }
      return undefined;
    },
    note: (text) => area.write(`${terminal.paint('yellow', plainLine(text))}\n`),
    close,
  };
}

/** The lines of the area: jobs that run, what a lone one says, and how far all are. */
export function statusLines(
  picture: RunPicture,
  { terminal, streams }: { terminal: Terminal; streams: boolean },
  nowMs: number,
): string[] {
  if (!picture.started)
    return [`${terminal.paint('cyan', spinnerAt(nowMs, terminal.unicode))} getting ready`];
  const running = [...picture.jobs.values()].filter(({ conclusion }) => conclusion === null);
  const room = Math.max(1, (terminal.stdout.rows || 24) - 4);
  const shown = running.slice(0, running.length > room ? room - 1 : room);
  const width = Math.min(30, Math.max(0, ...shown.map(({ name }) => plainLine(name).length)));
  const lines = shown.map((job) => jobLine(job, width, terminal, nowMs));
  if (running.length > shown.length)
    lines.push(terminal.paint('dim', `  … ${running.length - shown.length} more run`));
  const [only] = running;
  if (running.length === 1 && only !== undefined && !streams) lines.push(...tailOf(only, terminal));
  if (picture.jobCount !== 1) lines.push(terminal.paint('dim', countsLine(picture, running.length)));
  return lines;
}

/** `⠙ test (20)  12 s  Install 3.1 s`. */
function jobLine(job: JobPicture, width: number, terminal: Terminal, nowMs: number): string {
  const { paint } = terminal;
  const spinner = paint('cyan', spinnerAt(nowMs, terminal.unicode));
  const step =
    job.step === null
      ? ''
      : `${plainLine(job.step.name)} ${paint('dim', seconds(nowMs - job.step.startedMs))}`;
  return `${spinner} ${pad(plainLine(job.name), width)}  ${seconds(nowMs - job.startedMs).padStart(5)}  ${step}`;
}

const seconds = (ms: number): string => writeDuration(Math.floor(Math.max(0, ms) / 1000));

function tailOf({ step }: JobPicture, terminal: Terminal): string[] {
  const bar = terminal.unicode ? '│' : '|';
  const lines = step?.output.kept().lines.slice(-tailLines) ?? [];
  return lines.map((line) => terminal.paint('dim', `    ${bar} `) + line);
}

function countsLine(picture: RunPicture, running: number): string {
  const all = [...picture.jobs.values()];
  const failed = all.filter(({ conclusion }) => conclusion === 'failure').length;
  const done = all.length - running;
  const parts = [`${done} of ${picture.jobCount ?? `${all.length} or more`} done`, `${running} running`];
  if (failed > 0) parts.push(`${failed} failed`);
  return `  ${parts.join(' · ')}`;
}
