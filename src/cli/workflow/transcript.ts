import type { RunEvent } from '../../workflows/run/index.ts';
import { plainLine } from '../output/plainText.ts';
import type { Terminal } from '../output/terminal.ts';
import { createGroups, readLogLine } from './groups.ts';
import type { JobPicture, RunPicture, StepPicture } from './picture.ts';
import { finishedLine, markOf, skippedLine, styleOfConclusion, writeMs } from './words.ts';

export interface TranscriptStyle {
  readonly terminal: Terminal;
  /** Each line begins with the name of its job. */
  readonly prefixed: boolean;
  /** `all`: as it comes; `folded`: as it comes, with groups folded; `failing`: of steps that failed only. */
  readonly output: 'all' | 'folded' | 'failing';
  /** Also what is of little interest when all goes well. */
  readonly verbose: boolean;
}

type Groups = ReturnType<typeof createGroups>;

/** How many lines of a failing step are shown when they were not shown as they came. */
const linesOfFailure = 60;

/** Turns what happens into lines that scroll. How, may depend on how many jobs there are (null: nobody knows yet). */
export function createTranscript(picture: RunPicture, styleFor: (jobs: number | null) => TranscriptStyle) {
  let style = styleFor(null);
  const { terminal, verbose } = style;
  const { paint } = terminal;
  const groups = new Map<string, Groups>();
  const triangle = terminal.unicode ? '▸' : '>';

  const of = (key: string): JobPicture | undefined => picture.jobs.get(key);

  function prefix(name: string, lines: readonly string[]): string[] {
    if (!style.prefixed) return [...lines];
    const bar = terminal.unicode ? '│' : '|';
    return lines.map((line) => `${paint('cyan', plainLine(name))} ${paint('dim', bar)} ${line}`);
  }

  const newGroups = (folded: boolean) => createGroups({ folded, paint, triangle });

  function output(key: string, step: StepPicture, lines: readonly string[]): string[] {
    if (style.output === 'failing' || !isOfInterest(step) || lines.length === 0) return [];
    const known = groups.get(key);
    const shown = known ?? newGroups(style.output === 'folded');
    groups.set(key, shown);
    const head =
      known === undefined && isOfInterest(step) ? [paint('bold', `${triangle} ${plainLine(step.name)}`)] : [];
    return [...head, ...lines.flatMap((line) => shown.show(readLogLine(line)))];
  }

  const isOfInterest = ({ phase }: Pick<StepPicture, 'phase'>): boolean =>
    verbose || (phase !== 'set-up' && phase !== 'tear-down');

  function finishStep(event: RunEvent & { kind: 'step_finished' }, step: StepPicture): string[] {
    const { outcome, conclusion, detail, durationMs } = event;
    const rest = output(event.job, step, step.output.end());
    const shown = groups.get(event.job);
    groups.delete(event.job);
    const failed = outcome === 'failure' || outcome === 'cancelled';
    const lines = [...rest, ...(shown?.close() ?? [])];
    const hidden = style.output === 'failing' || !isOfInterest(step) || shown?.hidSome() === true;
    if (failed && hidden) lines.push(...lastLines(step));
    if (!failed && !isOfInterest(step) && shown === undefined) return lines;
    const tolerated = outcome !== conclusion;
    lines.push(
      finishedLine(terminal, { conclusion: outcome, name: step.name, durationMs, detail, tolerated }),
    );
    return lines;
  }

  function lastLines(step: StepPicture): string[] {
    const kept = step.output.kept();
    const lines = verbose ? kept.lines : kept.lines.slice(-linesOfFailure);
    const left = kept.before + kept.lines.length - lines.length;
    const shown = newGroups(false);
    const bar = paint('dim', terminal.unicode ? '│' : '|');
    return [
      paint('bold', `${triangle} ${plainLine(step.name)}`),
      ...(left > 0 ? [paint('dim', `  … ${left} lines before`)] : []),
      ...lines.flatMap((line) => shown.show(readLogLine(line))).map((line) => `${bar} ${line}`),
    ];
  }

  function jobEnd(event: RunEvent & { kind: 'job_finished' }): string[] {
    const { conclusion, name, durationMs, detail } = event;
    const words = paint(styleOfConclusion[conclusion], `${plainLine(name)}: ${conclusion}`);
    // What a step of it has said already.
    const known = picture.failures.some((failure) => failure.job === event.job && failure.detail === detail);
    const why = detail === null || known ? '' : `  ${plainLine(detail)}`;
    return [`${markOf(conclusion, terminal)} ${words} ${paint('dim', `in ${writeMs(durationMs)}`)}${why}`];
  }

  /** To be asked before the picture takes the event. */
  return function linesOf(event: RunEvent): string[] {
    switch (event.kind) {
      case 'run_started':
        style = styleFor(event.jobs);
        return [headLine(terminal, event), ''];
      case 'job_skipped':
        return [skippedLine(terminal, { ...event, why: [event.reason, event.condition] })];
      case 'step_skipped':
        if (!isOfInterest(event) || (event.phase === 'post' && !verbose)) return [];
        return prefix(of(event.job)?.name ?? event.job, [
          skippedLine(terminal, { name: event.name, conclusion: 'skipped', why: [event.condition] }),
        ]);
      case 'output': {
        const job = of(event.job);
        if (job?.step == null) return [];
        return prefix(job.name, output(event.job, job.step, job.step.output.take(event.text)));
      }
      case 'step_finished': {
        const job = of(event.job);
        return job?.step == null ? [] : prefix(job.name, finishStep(event, job.step));
      }
      case 'job_finished':
        return jobEnd(event);
      case 'job_started':
      case 'step_started':
      case 'annotation':
      case 'run_finished':
        return [];
    }
  };
}

/** `Tests: Tides, low water too  push at 5514b941  .github/workflows/test.yml`. */
function headLine({ paint }: Terminal, event: RunEvent & { kind: 'run_started' }): string {
  const { name, title, file, sha } = event;
  const at = sha === '' || /^0+$/.test(sha) ? '' : ` at ${sha.slice(0, 8)}`;
  const what = title === name ? '' : `: ${plainLine(title)}`;
  const facts = [`${plainLine(event.event)}${at}`, ...(name === file ? [] : [plainLine(file)])];
  return `${paint('bold', plainLine(name))}${what}  ${paint('dim', facts.join('  '))}`;
}
