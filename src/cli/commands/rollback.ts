import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import type { Client } from '../../contract/client.ts';
import { requireTarget } from '../arguments.ts';
import { defineCommand, type Run } from '../command.ts';
import { persist } from '../connection/persist.ts';
import { reportRequested } from '../follow/reportOutcome.ts';
import { Interrupted } from '../problem.ts';
import { askYesOrNo } from '../prompts.ts';
import { followOption, yesOption } from '../shipOptions.ts';
import { printChanges, printSummary } from '../views/changes.ts';

interface Options {
  readonly follow?: boolean;
  readonly lock?: string;
  readonly yes?: boolean;
}

export const rollbackCommand = defineCommand<Options>({
  name: 'rollback <app> [environment] [to]',
  summary: 'back to the last good other release, or to a given one',
  details:
    'TO is a deploy number (12 or #12), a tag or a sha that was good there; without it the last good other release. It passes locks, goes first, and supersedes what is queued.',
  options: [
    followOption(),
    new Option('--lock <reason>', 'lock the environment in the same step'),
    yesOption(),
  ],
  examples: [
    ['slipway rollback harbor production --follow', 'back to the last good release'],
    [
      'slipway rollback harbor production 12 --lock "checkout is broken"',
      'to that one, and nothing after it',
    ],
  ],
  async run(run, app = '', ...words) {
    const { options } = run;
    const client = await run.client();
    const { rest, ...target } = await requireTarget(client, app, ...words);
    const [to] = rest;
    const params = { app: target.app, environment: target.environment };
    if (run.out.terminal.interactive && !run.out.json && !options.yes)
      await confirmRollback(run, client, params, to);
    const idempotencyKey = randomUUID();
    const body = { ...(to && { to }), ...(options.lock !== undefined && { lock: { reason: options.lock } }) };
    const deploy = await persist(() => client.call(api.rollback, { params, body }, { idempotencyKey }));
    return reportRequested(run, deploy, options.follow === true);
  },
});

/** Shows what would be taken away; a deploy number names no ref, and is shown as it is. */
async function confirmRollback(
  run: Run,
  client: Client,
  params: { app: string; environment: string },
  to: string | undefined,
): Promise<void> {
  const isNumber = to !== undefined && /^#?\d{1,6}$/.test(to);
  if (!isNumber) {
    const ref = to ?? ':previous';
    const changes = await client.call(api.listChanges, { params, query: { ref, limit: 10 } });
    printSummary(run.out, params, changes);
    printChanges(run.out, changes.items);
  }
  const where = isNumber ? `to ${params.app}/${params.environment}#${to.replace('#', '')}` : '';
  const question = `Roll back ${params.app}/${params.environment} ${where}`.trim();
  if (!(await askYesOrNo(`${question}?`))) throw new Interrupted('nothing was rolled back');
}
