import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import type { RunDetail, WorkflowJob } from '../../../contract/runs.ts';
import { AppError } from '../../../platform/errors.ts';
import { defineCommand } from '../../command.ts';
import { chooseJobs, findRun } from '../../runs/findRun.ts';
import type { ListedJob } from '../../runs/jobTree.ts';

interface Options {
  readonly job?: string;
  readonly refuse?: string;
  readonly reason?: string;
}

export const approveCommand = defineCommand<Options>({
  name: 'approve [run]',
  summary: 'let the jobs that wait for approval into their environment, or refuse them',
  details:
    'Jobs that wait for several environments are named: --job. What is refused has failed, and says by whom.',
  options: [
    new Option('-j, --job <job>', 'only this job'),
    new Option('--reason <text>', 'why'),
    new Option('--refuse <reason>', 'refuse instead').conflicts('reason'),
  ],
  examples: [
    ['slipway run approve harbor/release#3', 'what waits there'],
    ['slipway run approve harbor/release#3 --job deploy', 'one job'],
    ['slipway run approve harbor/release#3 --refuse "not on a Friday"', 'it fails, and says why'],
  ],
  async run({ client, out, options }, name) {
    const server = await client();
    const detail = await server.call(api.showRun, { params: { run: await findRun(server, name) } });
    const waiting = chooseWaiting(detail, options.job);
    const approve = options.refuse === undefined;
    const body = { approve, reason: options.refuse ?? options.reason ?? '' };
    const items: WorkflowJob[] = [];
    for (const { id } of waiting)
      items.push(await server.call(api.approveJob, { params: { job: id }, body }));
    out.show({ items }, () => {
      for (const job of items)
        out.line(
          `${detail.name} ${job.name} ${approve ? `may use ${job.environment ?? 'its environment'}` : 'was refused'}`,
        );
      if (approve) out.note(out.paint('dim', `Watch it: slipway run watch ${detail.name}`));
    });
    return undefined;
  },
});

/** The jobs that wait for one environment; nobody lets something into a second one without knowing. */
function chooseWaiting(detail: RunDetail, text: string | undefined): ListedJob[] {
  const waiting = chooseJobs(detail.jobs_list, text).filter(({ state }) => state === 'waiting');
  if (waiting.length === 0)
    throw new AppError(
      'conflict',
      `nothing ${text === undefined ? '' : `called "${text}" `}waits for approval in ${detail.name}; slipway run show ${detail.name} says how it stands`,
    );
  const environments = new Set(waiting.map(({ environment }) => environment));
  if (environments.size === 1) return waiting;
  const list = waiting.map((job) => `${job.name} (${job.environment})`).join(', ');
  throw new AppError('invalid_input', `several environments are waited for; name a job with --job: ${list}`);
}
