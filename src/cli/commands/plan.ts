import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import { planChanges } from '../../contract/provisioning.ts';
import { defineCommand, type Run } from '../command.ts';
import { fileBody, type PlanOptions, planned, planOptions, withHeading } from '../configuration.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { showPlan } from '../views/plan.ts';

interface Options extends PlanOptions {
  readonly pending?: boolean;
}

export const pendingOption = new Option(
  '--pending',
  'the files that the server was started with, as they are now',
);

export const planCommand = defineCommand<Options>({
  name: 'plan [file]',
  summary: 'what a configuration file would change',
  details:
    'Without FILE ./slipway.yml is read, with - standard input. Nothing is written. Exits with 0 when nothing would change, 4 when something would, 3 when all that differs must be skipped, 2 when the file has problems.',
  options: [...planOptions, pendingOption],
  examples: [
    ['slipway plan', 'the slipway.yml of this directory'],
    ['slipway plan fixtures.yml --json', 'for a script'],
    ['slipway plan --pending', 'what changed in the files of the server'],
  ],
  run: (run, file = 'slipway.yml') => (run.options.pending ? planPending(run) : planFile(run, file)),
});

/** The plan for one file. */
export async function planFile(run: Run<PlanOptions>, file: string): Promise<ExitCode> {
  const body = await fileBody(run, file);
  const plan = await (await run.client()).call(api.planConfiguration, { body }).catch((error: unknown) => {
    throw withHeading(error, body.file);
  });
  return planned(run, plan);
}

async function planPending(run: Run): Promise<ExitCode> {
  const { items } = await (await run.client()).call(api.watchedFiles, {});
  run.out.show({ items }, () => {
    if (items.length === 0) run.out.line('the server was started without a configuration file');
    for (const { file, plan, problem } of items) {
      if (plan !== null) showPlan(run.out, plan, 'future');
      else run.out.line(`${file} has problems:\n${problem}`);
    }
  });
  if (items.some((item) => item.problem !== null)) return exitCodes.refused;
  if (items.some(({ plan }) => plan !== null && planChanges(plan))) return exitCodes.failed;
  return items.some(({ plan }) => plan !== null && plan.counts.skip > 0) ? exitCodes.blocked : exitCodes.done;
}
