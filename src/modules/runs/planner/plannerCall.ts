import type { ErrorCode } from '../../../platform/errors.ts';
import type { PlannerTasks } from './plannerTasks.ts';

export interface PlannerCall {
  readonly task: keyof PlannerTasks;
  readonly args: readonly unknown[];
}

export type PlannerAnswer =
  | { readonly result: unknown }
  | { readonly refused: { readonly code: ErrorCode; readonly message: string } }
  | { readonly failed: string };

/** A thread has loaded what it plans with. */
export type PlannerReady = 'ready';
