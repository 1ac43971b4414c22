import { api } from '../../contract/addresses.ts';
import { defineCommand, type Run } from '../command.ts';
import { applied, fileBody, type PlanOptions, planOptions, withHeading } from '../configuration.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { showPlan } from '../views/plan.ts';
import { pendingOption } from './plan.ts';

interface Options extends PlanOptions {
  readonly pending?: boolean;
}

export const applyCommand = defineCommand<Options>({
  name: 'apply [file]',
  summary: 'make Slipway hold what a configuration file says',
  details:
    'Repositories, apps and environments; admin, teams, projects and DSNs. Without FILE ./slipway.yml is read, with - standard input. Problems are printed as file:line:column, and then nothing is written. What the file does not name stays as it is. Exits with 3 when something was skipped.',
  options: [...planOptions, pendingOption],
  examples: [
    ['slipway apply', 'the slipway.yml of this directory'],
    ['slipway apply infra/slipway.yml', 'another file'],
    ['slipway apply --pending', 'what changed in the files of the server'],
  ],
  run: (run, file = 'slipway.yml') => (run.options.pending ? applyPending(run) : applyFile(run, file)),
});

/** Applies one file, and shows the plan that was carried out. */
export async function applyFile(run: Run<PlanOptions>, file: string): Promise<ExitCode> {
  const body = await fileBody(run, file);
  const plan = await (await run.client()).call(api.applyConfiguration, { body }).catch((error: unknown) => {
    throw withHeading(error, body.file);
  });
  return applied(run, plan);
}

async function applyPending(run: Run): Promise<ExitCode> {
  const { items } = await (await run.client()).call(api.applyWatchedFiles, {});
  run.out.show({ items }, () => {
    if (items.length === 0) run.out.line('the server was started without a configuration file');
    for (const plan of items) showPlan(run.out, plan, 'past');
  });
  return items.some((plan) => plan.counts.skip > 0) ? exitCodes.blocked : exitCodes.done;
}
