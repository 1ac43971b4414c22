import { nearest } from '../../platform/text/nearest.ts';
import { hasExpression } from '../expressions/index.ts';
import type { Report, StepsJob, Template, Workflow } from '../language/index.ts';

const shells = ['bash', 'sh', 'pwsh', 'powershell', 'cmd', 'python'];

/** Shells that are not known, and do not say how they take a script. */
export function checkShells(workflow: Workflow): Report[] {
  const jobs = workflow.jobs.flatMap((job) => (job.kind === 'steps' ? [job] : []));
  const named = [
    workflow.defaults.shell,
    ...jobs.map((job) => job.defaults.shell),
    ...jobs.flatMap((job) => job.steps).map(({ does }) => (does.kind === 'run' ? does.shell : null)),
  ];
  return [
    ...named.flatMap((shell) => (shell === null ? [] : checkShell(shell))),
    ...jobs.flatMap(checkSystem),
  ];
}

/** Shells of Windows where the labels of a job say that it runs elsewhere. */
function checkSystem({ runsOn, defaults, steps }: StepsJob): Report[] {
  const labels = runsOn.kind === 'sequence' ? runsOn.items : [runsOn];
  const system = labels.map((label) => (label.kind === 'scalar' ? String(label.value) : '')).find(isUnix);
  if (system === undefined) return [];
  // A step with a condition may be meant for another system.
  const used = steps.flatMap((step) =>
    step.if === null && step.does.kind === 'run' ? [step.does.shell ?? defaults.shell] : [],
  );
  return [...new Set(used)].flatMap((shell) =>
    shell !== null && /^(?:powershell|cmd)$/i.test(shell.value.trim())
      ? [
          {
            rule: 'shell',
            message: `\`${shell.value.trim()}\` is on Windows only, and this job runs on ${system}; \`pwsh\` is on all`,
            at: shell.at,
          },
        ]
      : [],
  );
}

const isUnix = (label: string): boolean => /^(?:ubuntu|macos)-/i.test(label);

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
