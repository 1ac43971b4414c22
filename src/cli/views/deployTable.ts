import type { Deploy } from '../../contract/deploys.ts';
import type { Output } from '../output/output.ts';
import { styleOfState } from '../output/states.ts';
import type { Cell } from '../output/table.ts';
import { writeDuration } from '../output/time.ts';

/** Deploys as a table, in the order they come. */
export function printDeploys(out: Output, deploys: readonly Deploy[]): void {
  const columns = [
    { title: 'DEPLOY' },
    { title: 'STATE' },
    { title: 'SHA' },
    { title: 'WHAT', flexible: true },
    { title: 'REQUESTED' },
    { title: 'BY', flexible: true },
    { title: 'TOOK', align: 'right' as const },
  ];
  out.table(
    columns,
    deploys.map((deploy): Cell[] => [
      { text: deploy.name, style: 'bold' },
      { text: stateOf(deploy), style: styleOfState[deploy.state] },
      deploy.short_sha,
      deploy.kind === 'deploy' ? deploy.title : `${deploy.kind}: ${deploy.title}`,
      out.time(deploy.requested_at),
      deploy.requested_by.name,
      deploy.duration_seconds === null ? '' : writeDuration(deploy.duration_seconds),
    ]),
  );
}

function stateOf(deploy: Deploy): string {
  if (deploy.live) return `${deploy.state}, live`;
  return deploy.held === null ? deploy.state : `${deploy.state}, held`;
}
