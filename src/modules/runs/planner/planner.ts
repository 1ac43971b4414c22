import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../../../platform/errors.ts';
import type { PlannerTasks } from './plannerTasks.ts';

export interface PlannerCall {
  readonly task: keyof PlannerTasks;
  readonly args: readonly unknown[];
}

export type PlannerAnswer =
  | { readonly result: unknown }
  | { readonly refused: { readonly code: ErrorCode; readonly message: string } }
  | { readonly failed: string };

/** Decides about workflows without blocking this thread. One call after the other, each within limits. */
export interface Planner extends PlannerTasks {
  close(): Promise<void>;
}

/** A file of the usual size takes 5 ms; one of 1 MB that is made to be slow some seconds. */
const deadlineMs = 30_000;
const heapMegabytes = 1024;

/**
 * Opens a planner. Its thread starts with the first call. A call that takes longer, or more memory, than is allowed is
 * refused with `payload_too_large`, and the next has a new thread.
 */
export function openPlanner(): Planner {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  function thread(): Worker {
    worker ??= new Worker(new URL('./plannerWorker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    return worker;
  }

  async function end(): Promise<void> {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  }

  /** One at a time: what one takes too long for must not be held against another. */
  function call<Task extends keyof PlannerTasks>(task: Task) {
    return (...args: Parameters<PlannerTasks[Task]>): ReturnType<PlannerTasks[Task]> => {
      const answer = last.then(() => ask(task, args));
      last = answer.catch(() => undefined);
      return answer as ReturnType<PlannerTasks[Task]>;
    };
  }

  async function ask(task: PlannerCall['task'], args: readonly unknown[]): Promise<unknown> {
    if (closed) throw new AppError('unavailable', 'Slipway is ending');
    const asked = thread();
    const { promise, resolve, reject } = Promise.withResolvers<PlannerAnswer>();
    const deadline = setTimeout(() => reject(tooSlow()), deadlineMs);
    asked.once('message', resolve).once('error', reject).once('exit', onExit);
    function onExit(code: number): void {
      reject(new AppError('unavailable', `the thread that plans workflows ended with ${code}`));
    }
    try {
      asked.postMessage({ task, args } satisfies PlannerCall);
      return read(await promise);
    } catch (error) {
      if (!(error instanceof Answered)) await end();
      throw error instanceof Answered ? error.cause : explain(error);
    } finally {
      clearTimeout(deadline);
      asked.off('message', resolve).off('error', reject).off('exit', onExit);
    }
  }

  return {
    survey: call('survey'),
    plan: call('plan'),
    expected: call('expected'),
    next: call('next'),
    close: async () => {
      closed = true;
      await end();
    },
  };
}

/** The thread is well; what it was asked was refused. */
class Answered extends Error {}

function read(answer: PlannerAnswer): unknown {
  if ('result' in answer) return answer.result;
  const cause =
    'refused' in answer
      ? new AppError(answer.refused.code, answer.refused.message)
      : new AppError('internal', `planning failed: ${answer.failed}`);
  throw new Answered('', { cause });
}

function explain(error: unknown): unknown {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (!isMemory) return error;
  return new AppError('payload_too_large', `planning takes more than ${heapMegabytes} MiB of memory`);
}

const tooSlow = () =>
  new AppError(
    'payload_too_large',
    `planning takes more than ${deadlineMs / 1000} s; are its expressions or patterns meant so?`,
  );
