import type { ErrorCode } from '../contract/problem.ts';

/** What the exit code of a command tells a script. */
export const exitCodes = {
  done: 0,
  /** The run of a workflow failed, or `workflow check` found an error. */
  unsuccessful: 1,
  /** Wrong usage, bad input, not found, not signed in, unreachable. */
  refused: 2,
  /** A lock, a check or a hold is in the way; of a configuration something was skipped. */
  blocked: 3,
  /** The deploy failed or was cancelled; with `plan` and `changes --exit-code` there are some; `doctor` found a fault. */
  failed: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const codeOf: Record<ErrorCode, ExitCode> = {
  invalid_input: exitCodes.refused,
  unauthenticated: exitCodes.refused,
  forbidden: exitCodes.refused,
  not_found: exitCodes.refused,
  conflict: exitCodes.refused,
  invalid_transition: exitCodes.refused,
  payload_too_large: exitCodes.refused,
  gate_blocked: exitCodes.blocked,
  locked: exitCodes.blocked,
  rate_limited: exitCodes.refused,
  upstream_failed: exitCodes.refused,
  unavailable: exitCodes.refused,
  internal: exitCodes.refused,
};

export const exitCodeOfProblem = (code: ErrorCode): ExitCode => codeOf[code];
