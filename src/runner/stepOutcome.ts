import type { StepState } from '../contract/deploys.ts';
import type { StepResult } from '../platform/processes/index.ts';

/** How a step ended, for the record and for people. */
export interface StepVerdict {
  readonly state: StepState;
  readonly detail: string;
}

/** A step's end in words: which exit code or signal, which limit, and what could not be ended with it. */
export function judgeStep(
  result: StepResult,
  limits: { timeoutSeconds: number; silenceSeconds: number },
): StepVerdict {
  const verdict = judgeEnd(result, limits);
  if (result.unkilled === undefined) return verdict;
  return { ...verdict, detail: `${verdict.detail}; could not be killed: ${result.unkilled.join(', ')}` };
}

function judgeEnd(
  result: StepResult,
  limits: { timeoutSeconds: number; silenceSeconds: number },
): StepVerdict {
  switch (result.kind) {
    case 'exited':
      if (result.code === 0) return { state: 'succeeded', detail: 'exit code 0' };
      return { state: 'failed', detail: `exit code ${result.code}${meaningOf(result.code)}` };
    case 'signalled':
      return {
        state: 'failed',
        detail: `ended by signal ${result.signal}${result.signal === 'SIGKILL' ? ' (killed, or out of memory)' : ''}`,
      };
    case 'timed_out':
      return {
        state: 'failed',
        detail:
          result.limit === 'silence'
            ? `stopped: no output for ${limits.silenceSeconds} s, the limit for silence`
            : `stopped: it took longer than its limit of ${limits.timeoutSeconds} s`,
      };
    case 'cancelled':
      return { state: 'cancelled', detail: 'cancelled' };
    case 'not_started':
      return { state: 'failed', detail: `could not start: ${result.message}` };
    default:
      return result satisfies never;
  }
}

const meanings: Record<number, string> = {
  124: ' (a timeout of its own)',
  126: ' (a command is not executable)',
  127: ' (a command was not found)',
  130: ' (interrupted)',
  137: ' (killed, or out of memory)',
  143: ' (terminated)',
};

const meaningOf = (code: number) => meanings[code] ?? '';
