import { jobStepMark } from '../../contract/logMarks.ts';
import type { JobStep } from '../../contract/runs.ts';
import type { RunEvent } from '../../workflows/run/index.ts';

/** What tells the events of a job must know of it. */
export interface JobFacts {
  /** Its steps, as they stand now. */
  steps(): readonly JobStep[];
  /** Looks until a step is told of, and gives up after a while: what looks like its mark may be none. */
  learn(step: number): Promise<void>;
  /** Looks until a step is told of as ended, or the job has ended. */
  settle(step: number): Promise<void>;
}

type Take = (event: RunEvent) => Promise<void> | undefined;

/** Slipway's own lines are bold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is how they begin and end.
const ownLine = /^\u001b\[1m(.*)\u001b\[0m$/s;

/**
 * Tells what happened in a job from its log, in the order of the log: a step begins with its mark, and ended where the
 * next one begins. How it ended, and which were skipped between, the steps of the job say.
 */
export function createJobTale(job: string, facts: JobFacts, take: Take) {
  let partial = '';
  let current: JobStep | null = null;
  /** A bold line that begins with ✗ says how a step ended; kept until it is known whether it is one. */
  let kept: string | null = null;
  let told = 0;

  const output = (text: string) =>
    current === null
      ? undefined
      : take({ kind: 'output', job, step: current.number, text, at: current.started_at });

  async function line(text: string): Promise<void> {
    const own = ownLine.exec(text)?.[1];
    const next = own === undefined ? undefined : await begun(own);
    if (next !== undefined) return begin(next);
    if (kept !== null) await output(`${kept}\n`);
    kept = own?.startsWith('✗ ') ? text : null;
    if (kept === null) await output(`${text}\n`);
  }

  /** The step that a mark begins; what a step prints itself, to look like one, is of no step that follows. */
  async function begun(own: string): Promise<JobStep | undefined> {
    const number = Number(/^▸ step (\d{1,5}) /.exec(own)?.[1] ?? 0);
    if (number <= told) return undefined;
    await facts.learn(number);
    const step = facts.steps().find((each) => each.number === number);
    return step !== undefined && jobStepMark(number, step.name) === own ? step : undefined;
  }

  async function begin(step: JobStep): Promise<void> {
    await finish();
    await skipUpTo(step.number);
    current = step;
    told = step.number;
    const { number, name, phase, started_at: at } = step;
    await take({ kind: 'step_started', job, step: number, name, phase, at });
  }

  async function skipUpTo(number: number): Promise<void> {
    for (const step of facts.steps()) {
      if (step.number <= told || step.number >= number || step.conclusion !== 'skipped') continue;
      told = step.number;
      const { name, phase, condition, started_at: at } = step;
      await take({ kind: 'step_skipped', job, step: step.number, name, phase, condition, at });
    }
  }

  async function finish(): Promise<void> {
    if (current === null) return;
    const { number } = current;
    await facts.settle(number);
    const step = facts.steps().find((each) => each.number === number) ?? current;
    const isItsEnd = kept !== null && ownLine.exec(kept)?.[1] === `✗ ${step.detail}`;
    if (kept !== null && !isItsEnd) await output(`${kept}\n`);
    kept = null;
    current = null;
    const { outcome, conclusion, detail } = step;
    await take({
      kind: 'step_finished',
      job,
      step: number,
      outcome: outcome ?? 'cancelled',
      conclusion: conclusion ?? 'cancelled',
      detail,
      durationMs: (step.duration_seconds ?? 0) * 1000,
      at: step.finished_at ?? step.started_at,
    });
  }

  return {
    /** Takes a piece of the log. */
    async text(text: string): Promise<void> {
      const lines = (partial + text).split('\n');
      partial = lines.pop() ?? '';
      for (const each of lines) await line(each);
    },
    /** The log has ended. */
    async end(): Promise<void> {
      if (partial !== '') await line(partial);
      partial = '';
      await finish();
      await skipUpTo(Number.POSITIVE_INFINITY);
    },
  };
}
