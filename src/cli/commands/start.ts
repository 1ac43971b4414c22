import { api } from '../../contract/addresses.ts';
import { findDeploy } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { reportRequested } from '../follow/reportOutcome.ts';
import { followOption } from '../shipOptions.ts';

export const startCommand = defineCommand<{ follow?: boolean }>({
  name: 'start <deploy>',
  summary: 'let a held deploy go on',
  details: 'Deploys that waited behind a lock stay held when it is unlocked without --start.',
  options: [followOption()],
  examples: [['slipway start harbor/production#7', 'it takes its place in the queue again']],
  async run(run, name) {
    const server = await run.client();
    const deploy = await server.call(api.start, { params: await findDeploy(server, name ?? '') });
    return reportRequested(run, deploy, run.options.follow === true);
  },
});
