import { Option } from 'commander';
import type { ListedWorkflow } from '../../../workflows/run/index.ts';
import { defineCommand, type Run } from '../../command.ts';
import { plainLine } from '../../output/plainText.ts';
import { readPayload } from './payload.ts';

interface Options {
  readonly event: string;
  readonly ref?: string;
  readonly eventFile?: string;
}

export const listWorkflowsCommand = defineCommand<Options>({
  name: 'list',
  summary: 'which workflows an event would start, and why the others not',
  details:
    'Of the git checkout that you are in, as its files are now. Without options it answers for a push of the branch that is checked out.',
  options: [
    new Option('-e, --event <name>', 'the event').default('push'),
    new Option('--ref <ref>', 'the branch, or refs/tags/…, that it is about'),
    new Option('--event-file <file>', 'the payload of the event, as JSON'),
  ],
  examples: [
    ['slipway workflow list', 'what a push of this branch would start'],
    ['slipway workflow list --event pull_request', 'what a pull request would'],
    ['slipway workflow list --ref refs/tags/v1.0', 'what a tag would'],
  ],
  async run(run) {
    const { event, ref, eventFile } = run.options;
    const { listWorkflows } = await import('../../../workflows/run/index.ts');
    const answer = await listWorkflows({
      directory: process.cwd(),
      event,
      ref: ref ?? null,
      payload: await readPayload(eventFile),
      now: run.now(),
    });
    run.out.show({ event, ...answer }, () => print(run, answer));
    return undefined;
  },
});

function print(
  { out, options }: Run<Options>,
  { ref, workflows }: { ref: string; workflows: ListedWorkflow[] },
): void {
  const starting = workflows.filter(({ starts }) => starts);
  const rows = [...starting, ...workflows.filter(({ starts }) => !starts)].map((workflow) => [
    workflow.starts ? { text: 'starts', style: 'green' as const } : { text: '-', style: 'dim' as const },
    workflow.file.replace(/^\.github\/workflows\//, ''),
    workflow.name === workflow.file ? '' : workflow.name,
    workflow.reason === null ? jobsText(workflow.jobs) : { text: workflow.reason, style: 'dim' as const },
  ]);
  out.table(
    [
      { title: '' },
      { title: 'FILE' },
      { title: 'WORKFLOW', flexible: true },
      { title: 'JOBS, OR WHY NOT', flexible: true },
    ],
    rows,
  );
  const [first] = starting;
  const what = `${plainLine(options.event)} on ${plainLine(ref)} starts ${starting.length} of ${workflows.length}`;
  const next = first === undefined ? '' : `. Run one: slipway workflow run ${first.file.split('/').at(-1)}`;
  out.note(out.paint('dim', `${what}${next}`));
}

const jobsText = (jobs: readonly string[]): string =>
  jobs.length <= 6 ? jobs.join(', ') : `${jobs.slice(0, 5).join(', ')} and ${jobs.length - 5} more`;
