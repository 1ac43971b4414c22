import { Worker } from 'node:worker_threads';
import { AppError } from '../../../platform/errors.ts';
import type { PlannerAnswer, PlannerCall, PlannerReady } from './plannerCall.ts';

export interface PlannerDeadlines {
  readonly startMs: number;
  readonly answerMs: number;
}

/** A thread that plans, one call after the other. */
export interface PlannerThread {
  /**
   * Answers what it was asked. A thread that is too slow, or dies of it, is no more. The time that a thread takes to
   * start is not counted: on a machine with much to do that may be longer than any workflow takes. It has a deadline of
   * its own, after which the same may be asked of another thread: `unavailable`.
   */
  ask(asked: PlannerCall, deadlines: PlannerDeadlines): Promise<unknown>;
  isWell(): boolean;
  end(): Promise<void>;
}

/** Starts a thread; `onEnd` is called once it can be asked no more. */
export function startPlannerThread(heapMegabytes: number, onEnd: () => void): PlannerThread {
  const worker = new Worker(new URL('./plannerWorker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  let isWell = true;
  let settle: PromiseWithResolvers<PlannerAnswer> | undefined;
  const loaded = Promise.withResolvers<void>();
  // Also while nothing is asked: an error that nobody hears ends this process, and a dead thread never answers.
  worker.on('message', (message: PlannerAnswer | PlannerReady) => {
    if (message === 'ready') loaded.resolve();
    else settle?.resolve(message);
  });
  worker.on('error', (error) => fail(explain(error, heapMegabytes)));
  worker.on('exit', (code) =>
    fail(new AppError('unavailable', `the thread that plans workflows ended with ${code}`)),
  );

  function fail(error: unknown): void {
    if (isWell) onEnd();
    isWell = false;
    settle?.reject(error);
  }

  async function ask(asked: PlannerCall, { startMs, answerMs }: PlannerDeadlines): Promise<unknown> {
    const answer = Promise.withResolvers<PlannerAnswer>();
    settle = answer;
    let deadline = setTimeout(() => fail(neverStarted(startMs)), startMs);
    try {
      worker.postMessage(asked);
      await Promise.race([loaded.promise, answer.promise]);
      clearTimeout(deadline);
      deadline = setTimeout(() => fail(tooSlow(answerMs)), answerMs);
      return read(await answer.promise);
    } finally {
      clearTimeout(deadline);
      settle = undefined;
      if (!isWell) await worker.terminate();
    }
  }

  return {
    ask,
    isWell: () => isWell,
    end: async () => {
      await worker.terminate();
    },
  };
}

function read(answer: PlannerAnswer): unknown {
  if ('result' in answer) return answer.result;
  if ('refused' in answer) throw new AppError(answer.refused.code, answer.refused.message);
  throw new AppError('internal', `planning failed: ${answer.failed}`);
}

function explain(error: unknown, heapMegabytes: number): unknown {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (!isMemory) return error;
  return new AppError('payload_too_large', `planning takes more than ${heapMegabytes} MiB of memory`);
}

const neverStarted = (startMs: number) =>
  new AppError('unavailable', `the thread that plans workflows has not started within ${startMs / 1000} s`);

const tooSlow = (deadlineMs: number) =>
  new AppError(
    'payload_too_large',
    `planning takes more than ${deadlineMs / 1000} s; are its expressions or patterns meant so?`,
  );
