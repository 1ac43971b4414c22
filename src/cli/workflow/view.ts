import type { Output } from '../output/output.ts';
import { endingLines } from './ending.ts';
import { openLiveView } from './liveView.ts';
import { createRunPicture } from './picture.ts';
import { drained, type RunView, type RunViewOptions } from './runView.ts';
import { createTranscript } from './transcript.ts';

/** The view for where output goes: events as JSON, a terminal that is watched, or lines for a pipe or file. */
export function openRunView(out: Output, options: RunViewOptions): RunView {
  if (out.json) return jsonView(out);
  return out.terminal.watched ? openLiveView(out.terminal, options) : plainView(out, options);
}

function jsonView(out: Output): RunView {
  return {
    take: (event) => {
      out.record(event);
      return drained(out.terminal.stdout);
    },
    note: () => {},
    close: () => {},
  };
}

/** Everything as it comes; lines of several jobs say whose they are. */
function plainView(out: Output, { verbose }: RunViewOptions): RunView {
  const { terminal } = out;
  const { picture, take } = createRunPicture({ colours: terminal.colours });
  const linesOf = createTranscript(picture, (jobs) => ({
    terminal,
    prefixed: jobs !== 1,
    output: 'all',
    verbose,
  }));
  return {
    take: (event) => {
      const lines = linesOf(event);
      take(event);
      if (event.kind === 'run_finished') lines.push(...endingLines(picture, terminal));
      if (lines.length > 0) terminal.stdout.write(`${lines.join('\n')}\n`);
      return drained(terminal.stdout);
    },
    note: (text) => out.note(text),
    close: () => {},
  };
}
