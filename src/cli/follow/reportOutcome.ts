import { api } from '../../contract/addresses.ts';
import type { Deploy, Why } from '../../contract/deploys.ts';
import type { Run } from '../command.ts';
import { persist } from '../connection/persist.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import type { Output } from '../output/output.ts';
import { styleOfState } from '../output/states.ts';
import { writeDuration } from '../output/time.ts';
import { followDeploy } from './followDeploy.ts';
import { isBlocked, waitingLines } from './waiting.ts';

/** What comes after a deploy was requested: follow it to its end, or say how it stands and how to follow it. */
export async function reportRequested(run: Run, deploy: Deploy, follow: boolean): Promise<ExitCode> {
  if (!follow) return reportStanding(run, deploy);
  const ended = await followDeploy(run, deploy);
  run.out.show(ended, () => run.out.line(outcomeLine(ended, run.out)));
  return exitCodeOf(ended);
}

async function reportStanding(run: Run, deploy: Deploy): Promise<ExitCode> {
  const { out } = run;
  const client = await run.client();
  const why = await persist(() => client.call(api.why, { params: deploy }));
  out.show(deploy, () => printStanding(out, deploy, why));
  return why.waiting && isBlocked(why.reasons) ? exitCodes.blocked : exitCodes.done;
}

function printStanding(out: Output, deploy: Deploy, why: Why): void {
  const state = why.waiting && isBlocked(why.reasons) ? 'waits' : why.state;
  out.line(`${out.paint('bold', deploy.name)} ${state}: ${deploy.short_sha} ${deploy.title}`);
  if (why.waiting && why.reasons.length > 0) for (const line of waitingLines(why, out)) out.line(line);
  for (const note of why.notes) out.line(out.paint('dim', `  ${note}`));
  out.note(
    out.paint('dim', `Follow it: slipway logs -f ${deploy.name}   Stop it: slipway cancel ${deploy.name}`),
  );
}

/** `✓ harbor/staging#12 succeeded in 12 s: 3f2a9c1d is live in harbor/staging`. */
export function outcomeLine(deploy: Deploy, out: Output): string {
  const good = deploy.state === 'succeeded';
  const mark = out.terminal.unicode ? `${good ? '✓' : '✗'} ` : '';
  const duration =
    deploy.duration_seconds === null
      ? ''
      : ` ${good ? 'in' : 'after'} ${writeDuration(deploy.duration_seconds)}`;
  const what = deploy.result ?? `${deploy.short_sha} ${deploy.title}`;
  const head = out.paint(styleOfState[deploy.state], `${mark}${deploy.name} ${deploy.state}`);
  return `${head}${duration}: ${what}`;
}

/** How a deploy that has ended counts for a script. */
export const exitCodeOf = (deploy: Deploy): ExitCode =>
  deploy.state === 'succeeded' ? exitCodes.done : exitCodes.failed;
