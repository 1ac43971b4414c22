import { mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assignment, Outcome, RunnerGateway } from '../contract/runner.ts';
import { AppError } from '../platform/errors.ts';
import { checkoutCommit } from '../platform/git/index.ts';
import { type LogWriter, openLogWriter } from '../platform/logfiles/index.ts';
import { isInside } from '../platform/paths.ts';
import { captureStep, type IsolationChoice } from '../platform/processes/index.ts';
import { type PlannedStep, planSteps } from '../providers/shell/planSteps.ts';
import { persistently } from './persistently.ts';
import { judgeStep } from './stepOutcome.ts';
import { verifyHealth } from './verifyHealth.ts';

export interface RunContext {
  readonly gateway: RunnerGateway;
  /** Begins the mark of this runner's processes, so that a later one can find what is left of them. */
  readonly marker: string;
  readonly workspaces: string;
  readonly isolation: IsolationChoice;
  readonly inherited: Readonly<Record<string, string>>;
  /** Aborts with a `Stop` when the deploy shall end. */
  readonly signal: AbortSignal;
}

/** Why a deploy is ended from outside. */
export class Stop extends Error {
  /** `lost`: the lease is gone, so nothing may be reported any more. */
  readonly kind: 'cancelled' | 'stopped' | 'lost';

  constructor(kind: Stop['kind'], message: string) {
    super(message);
    this.name = 'Stop';
    this.kind = kind;
  }
}

/** Runs a deploy from checkout to verification, and reports how it ended. Never throws for what a deploy can do. */
export async function runDeploy(assignment: Assignment, context: RunContext): Promise<void> {
  const log = await openLogWriter(assignment.logFile);
  const workspace = join(context.workspaces, String(assignment.lease.deployId));
  let outcome: Outcome | undefined;
  try {
    outcome = await attempt(assignment, context, log, workspace);
    if (outcome !== undefined)
      say(log, `${symbolOf[outcome.state]} ${assignment.name} ${outcome.state}: ${outcome.result}`);
  } finally {
    await log.close();
    await rm(workspace, { recursive: true, force: true });
  }
  if (outcome !== undefined) {
    const reported =
      log.incomplete === null ? outcome : { ...outcome, result: `${outcome.result} (${log.incomplete})` };
    await persistently(() => context.gateway.finish(assignment.lease, reported));
  }
}

const symbolOf: Record<Outcome['state'], string> = { succeeded: '✓', failed: '✗', cancelled: '■' };

/** Lines of Slipway's own; bold, so that they stand out of what the steps print. */
function say(log: LogWriter, text: string): void {
  // Written in order; `flush` and `close` wait for it.
  void log.line(`\u001b[1m${text}\u001b[0m`, new Date());
}

async function attempt(
  assignment: Assignment,
  context: RunContext,
  log: LogWriter,
  workspace: string,
): Promise<Outcome | undefined> {
  try {
    if (assignment.phase === 'run') {
      announce(log, assignment);
      const failure = await runSteps(assignment, context, log, workspace);
      if (failure !== undefined) return failure;
      await persistently(() => context.gateway.verifying(assignment.lease));
    }
    return await verify(assignment, context, log);
  } catch (error) {
    return outcomeOf(error, context.signal, assignment);
  }
}

function announce(log: LogWriter, assignment: Assignment): void {
  const from =
    assignment.previousSha === null ? 'nothing is live yet' : `live is ${assignment.previousSha.slice(0, 8)}`;
  say(
    log,
    `${assignment.name}: ${assignment.ref} at ${assignment.sha.slice(0, 8)}, requested by ${assignment.requestedBy}; ${from}`,
  );
  for (const note of assignment.notes) say(log, `note: ${note}`);
}

async function runSteps(
  assignment: Assignment,
  context: RunContext,
  log: LogWriter,
  workspace: string,
): Promise<Outcome | undefined> {
  const checkout = join(workspace, 'checkout');
  const temporary = join(workspace, 'tmp');
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const { mirror, sha, config } = assignment;
  await checkoutCommit({
    mirror,
    sha,
    directory: checkout,
    repository: config.repository,
    signal: context.signal,
  });
  const steps = planSteps(assignment, { checkout, temporary, inherited: context.inherited });
  for (const step of steps) {
    const failure = await runStep(assignment, context, log, { step, count: steps.length, checkout });
    if (failure !== undefined) return failure;
  }
  return undefined;
}

async function runStep(
  assignment: Assignment,
  context: RunContext,
  log: LogWriter,
  { step, count, checkout }: { step: PlannedStep; count: number; checkout: string },
): Promise<Outcome | undefined> {
  const { lease, config } = assignment;
  const limits = stepLimits(assignment, step);
  await assertInside(checkout, step);
  context.signal.throwIfAborted();
  await persistently(() => context.gateway.stepStarted(lease, step.position));
  say(log, `▸ step ${step.position}/${count} ${step.name}: ${step.shown}`);
  const began = Date.now();
  const result = await captureStep({
    step: {
      argv: [...step.argv],
      cwd: step.directory,
      env: step.env,
      timeoutMs: limits.timeoutMs,
      silenceMs: config.silence_timeout_seconds * 1000,
      cancel: context.signal,
      isolation: context.isolation,
      marker: `${context.marker}${lease.deployId}`,
    },
    secrets: Object.values(assignment.secrets),
    log,
    now: () => new Date(),
  });
  const seconds = `${((Date.now() - began) / 1000).toFixed(1)} s`;
  const verdict = judgeStep(result, {
    timeoutSeconds: limits.timeoutMs / 1000,
    silenceSeconds: config.silence_timeout_seconds,
  });
  // Ending by order says who ordered it; the record of the step says the same.
  const stopped = context.signal.aborted
    ? outcomeOf(context.signal.reason, context.signal, assignment)
    : undefined;
  const detail = stopped?.result ?? `${verdict.detail} after ${seconds}`;
  await persistently(() => context.gateway.stepFinished(lease, step.position, verdict.state, detail));
  if (context.signal.aborted) throw context.signal.reason;
  if (verdict.state === 'succeeded') return undefined;
  const which =
    result.kind === 'timed_out' && limits.whose === 'deploy' && result.limit === 'total'
      ? `the deploy took longer than its limit of ${config.timeout_seconds} s`
      : verdict.detail;
  return { state: 'failed', result: `step ${step.position} "${step.name}": ${which} (after ${seconds})` };
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

/** A step ends at its own limit or at that of the whole deploy, whichever comes first. */
function stepLimits(
  assignment: Assignment,
  step: PlannedStep,
): { timeoutMs: number; whose: 'step' | 'deploy' } {
  const total = assignment.startedAt.getTime() + assignment.config.timeout_seconds * 1000 - Date.now();
  const remaining = Math.max(1, total);
  if (step.timeoutMs !== null && step.timeoutMs < remaining)
    return { timeoutMs: step.timeoutMs, whose: 'step' };
  return { timeoutMs: remaining, whose: 'deploy' };
}

async function verify(assignment: Assignment, context: RunContext, log: LogWriter): Promise<Outcome> {
  const { health } = assignment.config;
  const where = `${assignment.app}/${assignment.environment}`;
  const live = `${assignment.sha.slice(0, 8)} is live in ${where}`;
  if (health === null) return { state: 'succeeded', result: live };
  say(log, `▸ verify ${health.url}`);
  const verification = await verifyHealth(health, assignment.sha, context.signal);
  if (!verification.ok) return { state: 'failed', result: `verification failed: ${verification.message}` };
  return { state: 'succeeded', result: `${live}, healthy after ${verification.seconds.toFixed(1)} s` };
}

/** What an error, or the order to stop, makes of the deploy; undefined when nothing may be reported any more. */
function outcomeOf(error: unknown, signal: AbortSignal, assignment: Assignment): Outcome | undefined {
  const reason = signal.aborted ? signal.reason : error;
  if (reason instanceof Stop) {
    if (reason.kind === 'lost') return undefined;
    const seconds = Math.round((Date.now() - assignment.startedAt.getTime()) / 1000);
    const result = `${reason.message} after ${seconds} s`;
    return { state: reason.kind === 'cancelled' ? 'cancelled' : 'failed', result };
  }
  if (error instanceof AppError) return { state: 'failed', result: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { state: 'failed', result: `Slipway could not run it: ${message}` };
}
