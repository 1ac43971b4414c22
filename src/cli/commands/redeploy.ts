import { randomUUID } from 'node:crypto';
import { api } from '../../contract/addresses.ts';
import { findDeploy, nameOf } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { persist } from '../connection/persist.ts';
import { reportRequested } from '../follow/reportOutcome.ts';
import { Interrupted } from '../problem.ts';
import { askYesOrNo } from '../prompts.ts';
import { followOption, forceOption, yesOption } from '../shipOptions.ts';

interface Options {
  readonly follow?: boolean;
  readonly force?: string;
  readonly yes?: boolean;
}

export const redeployCommand = defineCommand<Options>({
  name: 'redeploy <deploy>',
  summary: 'ship the commit of an earlier deploy again',
  details: 'Of a release that was good there it passes locks.',
  options: [followOption(), forceOption(), yesOption()],
  examples: [
    ['slipway redeploy harbor/staging#12 --follow', 'the same commit, with the configuration of now'],
    ['slipway redeploy harbor/staging', 'the newest one there'],
  ],
  async run(run, name = '') {
    const { out, options } = run;
    const client = await run.client();
    const params = await findDeploy(client, name);
    const earlier = await client.call(api.showDeploy, { params });
    if (out.terminal.interactive && !out.json && !options.yes) {
      const question = `Ship ${earlier.short_sha} ${earlier.title} of ${nameOf(params)} again?`;
      if (!(await askYesOrNo(question))) throw new Interrupted('nothing was shipped');
    }
    const idempotencyKey = randomUUID();
    const body = options.force === undefined ? {} : { force: { reason: options.force } };
    const deploy = await persist(() => client.call(api.redeploy, { params, body }, { idempotencyKey }));
    return reportRequested(run, deploy, options.follow === true);
  },
});
