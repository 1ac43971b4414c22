import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import type { Client } from '../../../contract/client.ts';
import type { WorkflowRun } from '../../../contract/runs.ts';
import { AppError } from '../../../platform/errors.ts';
import { defineCommand } from '../../command.ts';
import { persist } from '../../connection/persist.ts';
import { requireRepository } from '../../runs/repositoryHere.ts';
import { followOption } from '../../shipOptions.ts';
import { collectPair, type Pair } from './pairs.ts';

interface Options {
  readonly repository?: string;
  readonly ref?: string;
  readonly input?: readonly Pair[];
  readonly follow?: boolean;
}

export const dispatchWorkflowCommand = defineCommand<Options>({
  name: 'dispatch <workflow>',
  summary: 'start a workflow by hand, on Slipway',
  details:
    'It must have workflow_dispatch in its `on:`; slipway workflows shows which do, and their inputs. Inputs that it does not take, or lacks, are told at once, and nothing starts.',
  options: [
    new Option('--repository <repository>', 'of this repository; by default that of the checkout you are in'),
    new Option('--ref <ref>', 'at this branch or tag; by default the default branch'),
    new Option('-i, --input <key=value>', 'an input (repeatable)').argParser(collectPair),
    followOption(),
  ],
  examples: [
    ['slipway workflow dispatch release -i level=minor --follow', 'with an input, and watch'],
    ['slipway workflow dispatch nightly --repository harbor --ref v1.4', 'at a tag'],
  ],
  async run(run, workflow = '') {
    const { out, options } = run;
    const client = await run.client();
    const repository = await requireRepository(client, options.repository);
    const inputs = Object.fromEntries((options.input ?? []).map(({ key, value }) => [key, value]));
    const body = { workflow, inputs, ...(options.ref !== undefined && { ref: options.ref }) };
    const idempotencyKey = randomUUID();
    const { trigger } = await persist(() =>
      client.call(api.dispatchWorkflow, { params: { repository }, body }, { idempotencyKey }),
    );
    const started = await startedBy(client, repository, trigger);
    if (options.follow) return (await import('../../runs/watchRun.ts')).watchRun(run, started.id);
    out.show(started, () => {
      out.line(`${started.name} starts: ${started.title}`);
      out.note(out.paint('dim', `Watch it: slipway run watch ${started.name}`));
    });
    return undefined;
  },
});

const pollMs = 150;
const patienceMs = 60_000;

/** The run of a dispatch: it is planned in a moment. */
async function startedBy(client: Client, repository: string, trigger: number): Promise<WorkflowRun> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const query = { repository, trigger, limit: 1 };
    const { items } = await persist(() => client.call(api.listRuns, { query }));
    const [run] = items;
    if (run !== undefined) return run;
    await delay(pollMs);
  }
  throw new AppError(
    'unavailable',
    'it is recorded, but was not planned within a minute: no dispatcher is alive (slipway doctor tells); slipway runs will list it',
  );
}
