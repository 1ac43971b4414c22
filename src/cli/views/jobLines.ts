import type { JobStep } from '../../contract/runs.ts';
import { plainLine } from '../output/plainText.ts';
import type { Terminal } from '../output/terminal.ts';
import { withLocalTimes, writeDuration } from '../output/time.ts';
import type { JobNode, ListedJob } from '../runs/jobTree.ts';
import { openMark, standingOf, styleOf } from '../runs/words.ts';
import { finishedLine, markOf, skippedLine } from '../workflow/words.ts';
import { sinceText } from './testLines.ts';

/** The jobs of a run as a tree; of those that failed or go on with their steps. */
export function jobLines(nodes: readonly JobNode[], terminal: Terminal, now: Date, depth = 0): string[] {
  return nodes.flatMap((node) => nodeLines(node, terminal, now, depth));
}

function nodeLines(node: JobNode, terminal: Terminal, now: Date, depth: number): string[] {
  const indent = '  '.repeat(depth + 1);
  const { paint } = terminal;
  switch (node.kind) {
    case 'job':
      return linesOf(node.job, terminal, now).map((line) => indent + line);
    case 'call':
      return [
        `${indent}${paint('bold', plainLine(node.name))}`,
        ...jobLines(node.nodes, terminal, now, depth + 1),
      ];
    case 'later': {
      const after = node.needs.length === 0 ? '' : `  comes after ${node.needs.map(plainLine).join(', ')}`;
      const mark = openMark('pending', terminal.unicode);
      return [`${indent}${paint('dim', `${mark} ${plainLine(node.name)}${after}`)}`];
    }
  }
}

function linesOf(job: ListedJob, terminal: Terminal, now: Date): string[] {
  const { conclusion } = job;
  if (conclusion === 'skipped' || (conclusion === 'cancelled' && job.started_at === null))
    return [skippedLine(terminal, { name: job.name, conclusion, why: [job.reason, job.condition] })];
  const steps = conclusion === 'success' ? [] : stepLines(job.steps, terminal, now);
  return [jobLine(job, terminal, now), ...steps.map((line) => `    ${line}`)];
}

/** `✗ unit (22)  failure  1.2 s  on build-1`. */
function jobLine(job: ListedJob, terminal: Terminal, now: Date): string {
  const { paint } = terminal;
  const mark =
    job.conclusion === null
      ? paint(styleOf(job), openMark(job.state, terminal.unicode))
      : markOf(job.conclusion, terminal);
  const seconds = job.duration_seconds ?? secondsSince(job.started_at, now);
  const words = [
    `${mark} ${paint('bold', plainLine(job.name))}`,
    paint(styleOf(job), standingOf(job)),
    ...(seconds === null ? [] : [paint('dim', writeDuration(seconds))]),
    ...(job.runner === null ? [] : [paint('dim', `on ${plainLine(job.runner)}`)]),
    ...(job.carried ? [paint('dim', 'of an earlier attempt')] : []),
    ...wordsOf(job).map((text) => withLocalTimes(plainLine(text))),
  ];
  if (job.failing_since !== null) words.push(paint('yellow', sinceText(job.failing_since)));
  return words.join('  ');
}

/** Its failure names the step that failed; a reason says it when there was none. */
const wordsOf = ({ failure, reason }: ListedJob): string[] =>
  [failure ?? reason].flatMap((text) => text ?? []);

/** Of a job that succeeded nobody asks; of another, what did not, and where it is. */
function stepLines(steps: readonly JobStep[], terminal: Terminal, now: Date): string[] {
  return steps
    .filter(
      ({ conclusion, phase }) => phase === 'main' || (conclusion !== 'success' && conclusion !== 'skipped'),
    )
    .map((step) => stepLine(step, terminal, now));
}

function stepLine(step: JobStep, terminal: Terminal, now: Date): string {
  const { name, outcome, conclusion, detail, condition } = step;
  if (conclusion === 'skipped') return skippedLine(terminal, { name, conclusion, why: [condition] });
  if (outcome === null) {
    const mark = terminal.paint('cyan', openMark('running', terminal.unicode));
    const seconds = secondsSince(step.started_at, now) ?? 0;
    return `${mark} ${plainLine(name)}  ${terminal.paint('dim', writeDuration(Math.floor(seconds)))}`;
  }
  const durationMs = (step.duration_seconds ?? 0) * 1000;
  return finishedLine(terminal, {
    conclusion: outcome,
    name,
    durationMs,
    detail,
    tolerated: outcome !== conclusion,
  });
}

const secondsSince = (iso: string | null, now: Date): number | null =>
  iso === null ? null : Math.max(0, Math.floor((now.getTime() - Date.parse(iso)) / 1000));
