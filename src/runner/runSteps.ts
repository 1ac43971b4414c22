import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '../contract/runner.ts';
import { AppError } from '../platform/errors.ts';
import { checkoutCommit } from '../platform/git/index.ts';
import { isInside } from '../platform/paths.ts';
import { captureStep, type StepResult } from '../platform/processes/index.ts';
import { type PlannedStep, planSteps } from '../providers/shell/planSteps.ts';
import { outcomeOf, type Run, report, say } from './run.ts';
import { judgeStep } from './stepOutcome.ts';
import { Stop } from './stop.ts';

/** Runs the steps of a deploy in a clean checkout, one after the other; answers the failure that ended it. */
export async function runSteps(run: Run): Promise<Outcome | undefined> {
  const { assignment, workspace, inherited, signal } = run;
  const { mirror, sha, config } = assignment;
  const checkout = join(workspace, 'checkout');
  const temporary = join(workspace, 'tmp');
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  await checkoutCommit({ mirror, sha, directory: checkout, repository: config.repository, signal });
  const steps = planSteps(assignment, { checkout, temporary, inherited });
  for (const step of steps) {
    await assertInside(checkout, step);
    await begin(run, step, steps.length);
    const failure = await runStep(run, step);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** A link in the repository must not lead a step out of its checkout. */
async function assertInside(checkout: string, step: PlannedStep): Promise<void> {
  const real = await realpath(step.directory).catch(() => undefined);
  if (real === undefined || isInside(await realpath(checkout), real)) return;
  throw new AppError(
    'invalid_input',
    `step ${step.position} "${step.name}": its directory leads out of the checkout, by a link`,
  );
}

/** A step is known to run before it does: what was not told has not run. */
async function begin(run: Run, step: PlannedStep, count: number): Promise<void> {
  const { gateway, assignment, signal } = run;
  signal.throwIfAborted();
  const state = await report(run, () => gateway.stepStarted(assignment.lease, step.position));
  if (state.kind === 'cancelling') throw new Stop('cancelled', `cancelled by ${state.by}`);
  signal.throwIfAborted();
  say(run, `▸ step ${step.position}/${count} ${step.name}: ${step.shown}`);
}

async function runStep(run: Run, step: PlannedStep): Promise<Outcome | undefined> {
  const { gateway, assignment, signal } = run;
  const { lease, config } = assignment;
  const limits = stepLimits(run, step);
  const began = performance.now();
  const result = await execute(run, step, limits.timeoutMs);
  const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const verdict = judgeStep(result, {
    timeoutSeconds: limits.timeoutMs / 1000,
    silenceSeconds: config.silence_timeout_seconds,
  });
  // Ending by order says who ordered it; the record of the step says the same.
  const ordered = result.kind === 'cancelled' ? outcomeOf(signal.reason, run) : undefined;
  const detail = ordered?.result ?? `${verdict.detail} after ${seconds}`;
  await report(run, () => gateway.stepFinished(lease, step.position, verdict.state, detail));
  signal.throwIfAborted();
  if (verdict.state === 'succeeded') return undefined;
  const which =
    result.kind === 'timed_out' && limits.whose === 'deploy' && result.limit === 'total'
      ? `the deploy took longer than its limit of ${config.timeout_seconds} s`
      : verdict.detail;
  return { state: 'failed', result: `step ${step.position} "${step.name}": ${which} (after ${seconds})` };
}

function execute(run: Run, step: PlannedStep, timeoutMs: number): Promise<StepResult> {
  const { assignment, log, signal, isolation, marker } = run;
  return captureStep({
    step: {
      argv: [...step.argv],
      cwd: step.directory,
      env: step.env,
      timeoutMs,
      silenceMs: assignment.config.silence_timeout_seconds * 1000,
      cancel: signal,
      isolation,
      marker,
    },
    secrets: Object.values(assignment.secrets),
    log,
    now: () => new Date(),
  });
}

/** A step ends at its own limit or at that of the whole deploy, whichever comes first. */
function stepLimits({ assignment }: Run, step: PlannedStep): { timeoutMs: number; whose: 'step' | 'deploy' } {
  const total = assignment.startedAt.getTime() + assignment.config.timeout_seconds * 1000 - Date.now();
  const remaining = Math.max(1, total);
  if (step.timeoutMs !== null && step.timeoutMs < remaining)
    return { timeoutMs: step.timeoutMs, whose: 'step' };
  return { timeoutMs: remaining, whose: 'deploy' };
}
