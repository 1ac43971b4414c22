import type { DeployDetail } from '../../contract/deploys.ts';
import type { Output } from '../output/output.ts';
import { styleOfState, styleOfStep } from '../output/states.ts';
import type { Cell } from '../output/table.ts';
import { writeDuration } from '../output/time.ts';

/** Everything about one deploy. */
export function printDeploy(out: Output, deploy: DeployDetail): void {
  const live = deploy.live ? out.paint('green', ', live') : '';
  const state = out.paint(styleOfState[deploy.state], deploy.state);
  out.line(`${out.paint('bold', deploy.name)}  ${state}${live}  ${deploy.title}`);
  for (const [label, text] of facts(out, deploy)) out.line(`  ${out.paint('dim', label.padEnd(10))}${text}`);
  if (deploy.steps.length > 0) printSteps(out, deploy);
  printTimeline(out, deploy);
  out.note(out.paint('dim', `\nIts log: slipway logs ${deploy.name}`));
}

function facts(out: Output, deploy: DeployDetail): [string, string][] {
  const was = deploy.previous_sha === null ? '' : `, was ${deploy.previous_sha.slice(0, 8)}`;
  const all: [string, string | null][] = [
    ['commit', `${deploy.sha} by ${deploy.author}${was}`],
    ['ref', deploy.ref],
    ['kind', deploy.kind === 'deploy' ? null : deploy.kind],
    ['requested', `${out.time(deploy.requested_at)} by ${deploy.requested_by.name}`],
    ['forced', deploy.force_reason],
    ['held', deploy.held && `${deploy.held.reason} (${out.time(deploy.held.since)})`],
    [
      'cancelled',
      deploy.cancel_requested && `by ${deploy.cancel_requested.by} ${out.time(deploy.cancel_requested.at)}`,
    ],
    ['took', deploy.duration_seconds === null ? null : writeDuration(deploy.duration_seconds)],
    ['result', deploy.result],
    ['page', deploy.url],
  ];
  return all.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '');
}

function printSteps(out: Output, deploy: DeployDetail): void {
  out.line();
  const columns = [
    { title: 'STEP' },
    { title: 'NAME', flexible: true },
    { title: 'STATE' },
    { title: 'TOOK', align: 'right' as const },
    { title: 'DETAIL', flexible: true },
  ];
  const rows = deploy.steps.map((step, index): Cell[] => [
    String(index + 1),
    step.name,
    { text: step.state, style: styleOfStep[step.state] },
    durationBetween(step.started_at, step.finished_at),
    step.detail ?? '',
  ]);
  out.table(columns, rows);
}

function printTimeline(out: Output, deploy: DeployDetail): void {
  out.line();
  const columns = [{ title: 'WHEN' }, { title: 'BY', flexible: true }, { title: 'WHAT', flexible: true }];
  out.table(
    columns,
    deploy.timeline.map((entry): Cell[] => [out.time(entry.at), entry.actor, entry.message]),
  );
}

function durationBetween(from: string | null, to: string | null): string {
  return from === null || to === null ? '' : writeDuration((Date.parse(to) - Date.parse(from)) / 1000);
}
