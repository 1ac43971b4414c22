import type { JobAnnotation, JobEnd, JobGateway, JobReport } from '../../contract/jobs.ts';
import { jobStepMark } from '../../contract/logMarks.ts';
import type { Lease } from '../../contract/runner.ts';
import { AppError } from '../../platform/errors.ts';
import type { RunEvent } from '../../workflows/run/index.ts';
import { persistently } from '../persistently.ts';
import type { JobLog } from './jobLog.ts';

/** What happens in a job, written to its log and reported. */
export interface FollowedJob {
  /** Rejects when the first step of the job's own must not start, since Slipway does not know that it does. */
  readonly observe: (event: RunEvent) => Promise<void> | undefined;
  /** A line of Slipway's own. */
  say(text: string): void;
  /** How it ended, as its last event said. */
  end(): JobEnd;
  /** Resolves when all that happened is reported. */
  close(): Promise<void>;
}

type Growing = { -readonly [Key in keyof JobReport]: JobReport[Key][number][] };

const nothing = (): Growing => ({ started: [], finished: [], skipped: [], annotations: [] });
const isNothing = (report: Growing): boolean => Object.values(report).every((list) => list.length === 0);
/** GitHub shows ten of a kind for each step; more are in the log. */
const mostAnnotations = 200;
/** What happens within this time is told together, unless somebody waits for it: most set-ups take less. */
const gatherMs = 50;

/**
 * Follows a job. Its output goes to the log at once; steps and annotations are gathered for a moment and while a report
 * is on its way, and told in the next, so that a job of many short steps is not slowed down by telling of them. Only the first step of
 * its own waits until it is told: a job of which none had begun runs again when its runner vanishes, so none may have
 * begun that nobody knows of.
 */
export function followJob(lease: Lease, gateway: JobGateway, log: JobLog, signal: AbortSignal): FollowedJob {
  let report = nothing();
  let telling: Promise<void> | null = null;
  let hurry = () => {};
  let heard = true;
  let ownBegan = false;
  let annotations = 0;
  let ended: JobEnd = { conclusion: 'failure', detail: 'it never ended', outputs: {}, summary: '' };

  const say = (text: string): Promise<void> | undefined => log.line(`\u001b[1m${text}\u001b[0m`, new Date());

  function observe(event: RunEvent): Promise<void> | undefined {
    switch (event.kind) {
      case 'step_started': {
        const { step: number, name, phase, at } = event;
        report.started.push({ number, name: clean(name), phase, at });
        tell();
        const said = say(jobStepMark(number, clean(name)));
        if (ownBegan || phase === 'set-up' || phase === 'tear-down') return said;
        ownBegan = true;
        return untilTold().then(() => said);
      }
      case 'step_skipped': {
        const { step: number, name, phase, at, condition } = event;
        report.skipped.push({
          number,
          name: clean(name),
          phase,
          at,
          condition: condition && clean(condition),
        });
        tell();
        return undefined;
      }
      case 'output':
        return log.write(Buffer.from(event.text), new Date());
      case 'annotation':
        annotate(event);
        return undefined;
      case 'step_finished': {
        const { step: number, outcome, conclusion, detail, at } = event;
        report.finished.push({ number, outcome, conclusion, detail: detail && clean(detail), at });
        tell();
        return conclusion === 'success' || detail === null ? undefined : say(`✗ ${clean(detail)}`);
      }
      case 'job_finished': {
        const { conclusion, detail, outputs, summary } = event;
        ended = { conclusion, detail: detail && clean(detail), outputs, summary: clean(summary) };
        return undefined;
      }
      default:
        return undefined;
    }
  }

  function annotate(event: RunEvent & { kind: 'annotation' }): void {
    annotations += 1;
    if (annotations > mostAnnotations) return;
    const { step, level, message, title, file, line, endLine, column, endColumn } = event;
    const texts = { message: clean(message), title: title && clean(title), file: file && clean(file) };
    const annotation: JobAnnotation = {
      number: annotations,
      step,
      level,
      ...texts,
      line,
      endLine,
      column,
      endColumn,
    };
    report.annotations.push(annotation);
    tell();
  }

  function tell(): void {
    telling ??= send().finally(() => {
      telling = null;
      if (!isNothing(report)) tell();
    });
  }

  /** What cannot be told is not told: the end of the job will say that its lease is lost, or be repeated itself. */
  async function send(): Promise<void> {
    await gathered();
    const sent = report;
    report = nothing();
    heard = await persistently(signal, () => gateway.report(lease, sent)).then(
      ({ kind }) => kind !== 'lost',
      () => false,
    );
  }

  function gathered(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, gatherMs);
    hurry = () => {
      clearTimeout(timer);
      resolve();
    };
    return promise;
  }

  /** All before is told by then: nothing more happens in the job meanwhile. */
  async function untilTold(): Promise<void> {
    await settled();
    if (!heard)
      throw new AppError('unavailable', 'no step was run: Slipway could not be told that one begins');
  }

  async function settled(): Promise<void> {
    while (telling !== null) {
      hurry();
      await telling;
    }
  }

  return {
    observe,
    say: (text) => void say(text),
    end: () => ended,
    close: settled,
  };
}

/** PostgreSQL's texts have no NUL. */
const clean = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();
