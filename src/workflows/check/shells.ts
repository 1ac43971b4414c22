import { nearest } from '../../platform/text/nearest.ts';
import { hasExpression } from '../expressions/index.ts';
import type { Report, Template, Workflow } from '../language/index.ts';

const shells = ['bash', 'sh', 'pwsh', 'powershell', 'cmd', 'python'];

/** Shells that are not known, and do not say how they take a script. */
export function checkShells(workflow: Workflow): Report[] {
  const jobs = workflow.jobs.flatMap((job) => (job.kind === 'steps' ? [job] : []));
  const named = [
    workflow.defaults.shell,
    ...jobs.map((job) => job.defaults.shell),
    ...jobs.flatMap((job) => job.steps).map(({ does }) => (does.kind === 'run' ? does.shell : null)),
  ];
  return named.flatMap((shell) => (shell === null ? [] : checkShell(shell)));
}

function checkShell({ value, at }: Template): Report[] {
  const name = value.trim();
  if (name === '' || hasExpression(name) || name.includes('{0}') || shells.includes(name.toLowerCase()))
    return [];
  const near = nearest(name, shells);
  let message = `unknown shell \`${name}\`; one of your own is written \`${name} {0}\``;
  if (near !== null) message = `unknown shell \`${name}\`; did you mean \`${near}\`?`;
  else if (/\s/.test(name))
    message = `a shell of your own needs \`{0}\` where the script's file belongs: \`${name} {0}\``;
  return [{ rule: 'shell', message, at }];
}
