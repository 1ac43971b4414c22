import { parentPort } from 'node:worker_threads';
import { AppError } from '../../../platform/errors.ts';
import type { PlannerAnswer, PlannerCall, PlannerReady } from './plannerCall.ts';
import { plannerTasks } from './plannerTasks.ts';

// The library that reads YAML asks the environment at each of its tokens; git needs what is in it.
process.env = { ...process.env };

parentPort?.on('message', async ({ task, args }: PlannerCall) => {
  parentPort?.postMessage(await answer(task, args));
});

parentPort?.postMessage('ready' satisfies PlannerReady);

async function answer(task: PlannerCall['task'], args: readonly unknown[]): Promise<PlannerAnswer> {
  try {
    const perform = plannerTasks[task] as (...args: readonly unknown[]) => Promise<unknown>;
    return { result: await perform(...args) };
  } catch (error) {
    if (error instanceof AppError) return { refused: { code: error.code, message: error.message } };
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
