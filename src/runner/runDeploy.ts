import { rm } from 'node:fs/promises';
import { endMark, verifyMark } from '../contract/logMarks.ts';
import type { Assignment, Outcome } from '../contract/runner.ts';
import { AppError } from '../platform/errors.ts';
import { type LogWriter, openLogWriter } from '../platform/logfiles/index.ts';
import { persistently } from './persistently.ts';
import { msLeft, outcomeOf, type Run, type RunContext, report, say, tookTooLong } from './run.ts';
import { runSteps } from './runSteps.ts';
import { verifyHealth } from './verifyHealth.ts';

/** Runs a deploy from checkout to verification, and reports how it ended. Never throws for what a deploy can do. */
export async function runDeploy(assignment: Assignment, context: RunContext): Promise<void> {
  const log = await openLog(assignment);
  const outcome = 'state' in log ? log : await runLogged({ ...context, assignment, log });
  try {
    if (outcome !== undefined)
      await persistently(context.signal, () => context.gateway.finish(assignment.lease, outcome));
    context.told();
  } finally {
    // After the end is told: what cannot be removed (a mount, say) changes nothing of how it ended.
    await rm(context.workspace, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Nothing is run that could not be read about afterwards. */
async function openLog({ logFile }: Assignment): Promise<LogWriter | Outcome> {
  try {
    return await openLogWriter(logFile);
  } catch (error) {
    if (error instanceof AppError) return { state: 'failed', result: `nothing was run: ${error.message}` };
    throw error;
  }
}

/** When it answers, the log is complete: who follows it may stop at the end that is told next. */
async function runLogged(run: Run): Promise<Outcome | undefined> {
  const { assignment, log } = run;
  const outcome = await attempt(run).catch((error: unknown) => outcomeOf(error, run));
  if (outcome !== undefined) say(run, `${endMark(assignment.name, outcome.state)}${outcome.result}`);
  await log.close();
  if (outcome === undefined || log.incomplete === null) return outcome;
  return { ...outcome, result: `${outcome.result} (${log.incomplete})` };
}

async function attempt(run: Run): Promise<Outcome> {
  const { assignment, gateway } = run;
  if (assignment.phase === 'run') {
    announce(run);
    const failure = await runSteps(run);
    if (failure !== undefined) return failure;
    await report(run, () => gateway.verifying(assignment.lease));
  }
  return verify(run);
}

function announce(run: Run): void {
  const { name, ref, sha, previousSha, requestedBy, notes } = run.assignment;
  const from = previousSha === null ? 'nothing is live yet' : `live is ${previousSha.slice(0, 8)}`;
  say(run, `${name}: ${ref} at ${sha.slice(0, 8)}, requested by ${requestedBy}; ${from}`);
  for (const note of notes) say(run, `note: ${note}`);
}

async function verify(run: Run): Promise<Outcome> {
  const { app, environment, sha, config, phase } = run.assignment;
  const live = `${sha.slice(0, 8)} is live in ${app}/${environment}`;
  if (config.health === null) return { state: 'succeeded', result: live };
  say(run, `${verifyMark}${config.health.url}`);
  // One that is verified again, after its runner vanished, is given its time anew: the outage was not its fault.
  const left = phase === 'run' ? Math.ceil(msLeft(run.assignment) / 1000) : Number.POSITIVE_INFINITY;
  const timeoutSeconds = Math.min(config.health.timeout_seconds, left);
  const health = { ...config.health, timeout_seconds: timeoutSeconds };
  const verification = await verifyHealth(health, sha, run.signal);
  if (!verification.ok) {
    const limit = timeoutSeconds < config.health.timeout_seconds ? `${tookTooLong(run.assignment)}; ` : '';
    return { state: 'failed', result: `verification failed: ${limit}${verification.message}` };
  }
  return { state: 'succeeded', result: `${live}, healthy after ${verification.seconds.toFixed(1)} s` };
}
