import type { App, EnvironmentStatus } from '../../contract/apps.ts';
import type { Deploy } from '../../contract/deploys.ts';
import type { Lock } from '../../contract/locks.ts';
import type { Output } from '../output/output.ts';
import { drawProgress } from '../output/progress.ts';
import { styleOfState } from '../output/states.ts';
import type { Cell } from '../output/table.ts';
import { lockLines } from './lockBanner.ts';

/** What is live where, below the locks and above what is moving, queued or broken. */
export function printStatus(out: Output, apps: readonly App[], runners: number, now: Date): void {
  const environments = apps.flatMap((app) => app.environments);
  if (runners === 0) {
    out.line(
      `${out.paint(['red', 'bold'], 'no runner is alive')}: nothing starts. Look with: slipway doctor`,
    );
  }
  for (const line of lockLinesOf(environments, out)) out.line(line);
  if (environments.some(({ locks }) => locks.length > 0) || runners === 0) out.line();
  printLive(out, apps);
  const lines = environments.flatMap((environment) => movementLines(environment, out, now));
  if (lines.length > 0) out.line();
  for (const line of lines) out.line(line);
}

/** A lock covers many environments; it is told once. */
function lockLinesOf(environments: readonly EnvironmentStatus[], out: Output): string[] {
  const locks = new Map<number, Lock>(
    environments.flatMap(({ locks }) => locks).map((lock) => [lock.id, lock]),
  );
  return lockLines([...locks.values()], out);
}

function printLive(out: Output, apps: readonly App[]): void {
  const columns = [
    { title: 'APP' },
    { title: 'ENVIRONMENT' },
    { title: 'LIVE' },
    { title: 'WHAT', flexible: true },
    { title: 'SHIPPED' },
    { title: 'BY', flexible: true },
    { title: 'DEPLOY', align: 'right' as const },
  ];
  const rows = apps.flatMap((app) =>
    app.environments.map((environment, index): Cell[] => [
      { text: app.name, style: index === 0 ? 'bold' : 'dim' },
      environment.name,
      ...liveCells(environment.live, out),
    ]),
  );
  out.table(columns, rows);
}

function liveCells(live: Deploy | null, out: Output): Cell[] {
  if (live === null) return ['-', { text: 'nothing was shipped here yet', style: 'dim' }, '', '', ''];
  return [
    { text: live.short_sha, style: 'green' },
    live.title,
    out.time(live.finished_at ?? live.requested_at),
    live.requested_by.name,
    `#${live.number}`,
  ];
}

function movementLines(environment: EnvironmentStatus, out: Output, now: Date): string[] {
  const { active, queued, last } = environment;
  const lines: string[] = [];
  if (active !== null) lines.push(activeLine(active, environment.estimate_seconds, out, now));
  lines.push(...queued.map((deploy) => queuedLine(deploy, out)));
  if (last?.state === 'failed') {
    lines.push(`${stateWord(last, out)}  ${last.name}  ${out.time(last.finished_at)}: ${last.result ?? ''}`);
  }
  if (environment.in_doubt && active === null) lines.push(doubtLine(environment, out));
  return lines;
}

/** After an attempt that did not succeed nobody knows what runs: the table's LIVE is the last that did. */
function doubtLine({ live, last }: EnvironmentStatus, out: Output): string {
  const where = last === null ? '' : `${last.app} ${last.environment}`;
  const back =
    live === null ? 'ship something that works' : `back to ${live.short_sha}: slipway rollback ${where}`;
  return `${out.paint('yellow', 'in doubt  ')}  ${where.replace(' ', '/')}  its last deploy did not succeed, so something else may run there; ${back}`;
}

function activeLine(deploy: Deploy, estimateSeconds: number | null, out: Output, now: Date): string {
  const started = deploy.started_at;
  const facts = {
    state: deploy.state,
    steps: [],
    elapsedSeconds: started === null ? null : (now.getTime() - Date.parse(started)) / 1000,
    estimateSeconds,
  };
  const progress = drawProgress(facts, 60, out.terminal.unicode);
  return `${stateWord(deploy, out)}  ${deploy.name}  ${deploy.short_sha}  ${progress}`;
}

function queuedLine(deploy: Deploy, out: Output): string {
  const held =
    deploy.held === null ? `since ${out.time(deploy.requested_at)}` : `held: ${deploy.held.reason}`;
  return `${stateWord(deploy, out)}  ${deploy.name}  ${deploy.short_sha}  ${held}  ${out.paint('dim', `slipway why ${deploy.name}`)}`;
}

const stateWord = (deploy: Deploy, out: Output): string =>
  out.paint(styleOfState[deploy.state], deploy.state.padEnd(10));
