import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepState } from '../contract/deploys.ts';
import { stepMark } from '../contract/logMarks.ts';
import type { Assignment, LeaseState, Outcome } from '../contract/runner.ts';
import { AppError } from '../platform/errors.ts';
import { checkoutCommit } from '../platform/git/index.ts';
import { isInside } from '../platform/paths.ts';
import { captureStep, type StepPlace, StepPlaces, type StepResult } from '../platform/processes/index.ts';
import { type PlannedStep, planSteps } from '../providers/shell/planSteps.ts';
import { msLeft, outcomeOf, type Run, report, say, tookTooLong } from './run.ts';
import { judgeStep } from './stepOutcome.ts';
import { Stop } from './stop.ts';

/** Runs the steps of a deploy in a clean checkout, one after the other; answers the failure that ended it. */
export async function runSteps(run: Run): Promise<Outcome | undefined> {
  const { assignment, workspace, inherited, signal } = run;
  const { mirror, sha, config } = assignment;
  const checkout = join(workspace, 'checkout');
  const temporary = join(workspace, 'tmp');
  const places = new StepPlaces(run.isolation, run.marker);
  try {
    places.prepare();
    await mkdir(temporary, { recursive: true, mode: 0o700 });
    await withinLimit(assignment, signal, (end) =>
      checkoutCommit({ mirror, sha, directory: checkout, repository: config.repository, signal: end }),
    );
    return await runEach(run, checkout, places, planSteps(assignment, { checkout, temporary, inherited }));
  } finally {
    await places.close();
  }
}

/** The checkout counts as well: what hangs there must not hold the environment for ever. */
async function withinLimit(
  assignment: Assignment,
  signal: AbortSignal,
  work: (end: AbortSignal) => Promise<void>,
): Promise<void> {
  const limit = AbortSignal.timeout(msLeft(assignment));
  try {
    await work(AbortSignal.any([signal, limit]));
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error;
    throw new AppError('unavailable', `checkout: ${tookTooLong(assignment)}`, {}, { cause: error });
  }
}

async function runEach(
  run: Run,
  checkout: string,
  places: StepPlaces,
  steps: readonly PlannedStep[],
): Promise<Outcome | undefined> {
  let begun = false;
  for (const [index, step] of steps.entries()) {
    if (!begun) await begin(run, checkout, step);
    say(run, `${stepMark(step.position, steps.length, step.name)}${step.shown}`);
    const ran = await runStep(run, step, await places.take());
    const next = ran.failure === undefined ? steps[index + 1] : undefined;
    if (next !== undefined) places.prepare();
    begun = await end(run, ran, next !== undefined && (await staysInside(checkout, next)) ? next : undefined);
    if (ran.failure !== undefined) return ran.failure;
  }
  return undefined;
}

/** A step is known to run before it does: what was not told has not run. */
async function begin(run: Run, checkout: string, step: PlannedStep): Promise<void> {
  if (!(await staysInside(checkout, step))) {
    throw new AppError(
      'invalid_input',
      `step ${step.position} "${step.name}": its directory leads out of the checkout, by a link`,
    );
  }
  const { gateway, assignment, signal } = run;
  signal.throwIfAborted();
  stopIfCancelling(await report(run, () => gateway.stepStarted(assignment.lease, step.position)));
  signal.throwIfAborted();
}

/** A link in the repository must not lead a step out of its checkout. */
async function staysInside(checkout: string, step: PlannedStep): Promise<boolean> {
  const real = await realpath(step.directory).catch(() => undefined);
  return real === undefined || isInside(await realpath(checkout), real);
}

function stopIfCancelling(state: LeaseState): void {
  if (state.kind === 'cancelling') throw new Stop('cancelled', state.reason);
}

/** A step that ran: how it ended for the record, and what that means for the deploy. */
interface RanStep {
  readonly position: number;
  readonly state: StepState;
  readonly detail: string;
  readonly failure: Outcome | undefined;
}

async function runStep(run: Run, step: PlannedStep, place: StepPlace | undefined): Promise<RanStep> {
  const { assignment, signal } = run;
  const { config } = assignment;
  const limits = stepLimits(run, step);
  const began = performance.now();
  const result = await execute(run, step, limits.timeoutMs, place);
  const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const verdict = judgeStep(result, {
    timeoutSeconds: limits.timeoutMs / 1000,
    silenceSeconds: config.silence_timeout_seconds,
  });
  // Ending by order says who ordered it; the record of the step says the same.
  const ordered = result.kind === 'cancelled' ? outcomeOf(signal.reason, run) : undefined;
  const detail = ordered?.result ?? `${verdict.detail} after ${seconds}`;
  const ran = { position: step.position, state: verdict.state, detail };
  if (verdict.state === 'succeeded') return { ...ran, failure: undefined };
  const which =
    result.kind === 'timed_out' && limits.whose === 'deploy' && result.limit === 'total'
      ? tookTooLong(assignment)
      : verdict.detail;
  const explanation = `step ${step.position} "${step.name}": ${which} (after ${seconds})`;
  return { ...ran, failure: { state: 'failed', result: explanation } };
}

/** Tells how a step ended, and in the same breath that the next begins; answers whether it did. */
async function end(run: Run, { position, state, detail }: RanStep, next?: PlannedStep): Promise<boolean> {
  const { gateway, assignment, signal } = run;
  const begins = signal.aborted ? undefined : next;
  const told = { state, detail, next: begins?.position };
  const lease = await report(run, () => gateway.stepFinished(assignment.lease, position, told));
  signal.throwIfAborted();
  if (begins !== undefined) stopIfCancelling(lease);
  return begins !== undefined;
}

function execute(
  run: Run,
  step: PlannedStep,
  timeoutMs: number,
  place: StepPlace | undefined,
): Promise<StepResult> {
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
      place,
    },
    secrets: Object.values(assignment.secrets),
    log,
    now: () => new Date(),
  });
}

/** A step ends at its own limit or at that of the whole deploy, whichever comes first. */
function stepLimits({ assignment }: Run, step: PlannedStep): { timeoutMs: number; whose: 'step' | 'deploy' } {
  const remaining = msLeft(assignment);
  if (step.timeoutMs !== null && step.timeoutMs < remaining)
    return { timeoutMs: step.timeoutMs, whose: 'step' };
  return { timeoutMs: remaining, whose: 'deploy' };
}
