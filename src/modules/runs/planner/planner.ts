import { AppError } from '../../../platform/errors.ts';
import type { PlannerCall } from './plannerCall.ts';
import type { PlannerTasks } from './plannerTasks.ts';
import { type PlannerThread, startPlannerThread } from './plannerThread.ts';

/** Decides about workflows without blocking this thread: each call within limits, so many at once. */
export interface Planner extends PlannerTasks {
  close(): Promise<void>;
}

export interface PlannerOptions {
  /** Calls at once, each in a thread of its own. A thread starts when all others are busy. */
  readonly threads: number;
  /** A file of the usual size takes 5 ms; one of 1 MB that is made to be slow some seconds. */
  readonly deadlineMs?: number;
  /** For a thread to start: a second or two where nothing else is to do. */
  readonly startMs?: number;
}

const usualDeadlineMs = 30_000;
const usualStartMs = 120_000;
const heapMegabytes = 1024;

/**
 * Opens a planner. A call that takes longer, or more memory, than is allowed is refused with `payload_too_large`, and
 * its thread is replaced; it holds up no other call as long as there is another thread.
 */
export function openPlanner(options: PlannerOptions): Planner {
  const { threads: most, deadlineMs: answerMs = usualDeadlineMs, startMs = usualStartMs } = options;
  const idle: PlannerThread[] = [];
  const started = new Set<PlannerThread>();
  const waiting: (() => void)[] = [];
  let closed = false;

  const call =
    <Task extends keyof PlannerTasks>(task: Task) =>
    (...args: Parameters<PlannerTasks[Task]>) =>
      ask({ task, args }) as ReturnType<PlannerTasks[Task]>;

  async function ask(asked: PlannerCall): Promise<unknown> {
    while (!closed && idle.length === 0 && started.size >= most)
      await new Promise<void>((resolve) => waiting.push(resolve));
    if (closed) throw new AppError('unavailable', 'Slipway is ending');
    const thread = idle.pop() ?? start();
    try {
      return await thread.ask(asked, { startMs, answerMs });
    } finally {
      if (thread.isWell()) idle.push(thread);
      waiting.shift()?.();
    }
  }

  function start(): PlannerThread {
    const thread = startPlannerThread(heapMegabytes, () => {
      started.delete(thread);
      if (idle.includes(thread)) idle.splice(idle.indexOf(thread), 1);
    });
    started.add(thread);
    return thread;
  }

  return {
    survey: call('survey'),
    plan: call('plan'),
    expected: call('expected'),
    next: call('next'),
    close: async () => {
      closed = true;
      for (const wake of waiting.splice(0)) wake();
      await Promise.all([...started].map((thread) => thread.end()));
    },
  };
}
