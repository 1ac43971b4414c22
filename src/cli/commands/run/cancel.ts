import { api } from '../../../contract/addresses.ts';
import { defineCommand } from '../../command.ts';
import { findRun } from '../../runs/findRun.ts';
import { standingOf } from '../../runs/words.ts';

export const cancelRunCommand = defineCommand({
  name: 'cancel [run]',
  summary: 'cancel a run that waits or goes on',
  details: 'Steps that run get INT, then TERM and KILL; those that say always() still run.',
  examples: [
    ['slipway run cancel harbor/test#12', 'that run'],
    ['slipway run cancel', 'the newest of the commit that is checked out'],
  ],
  async run({ client, out }, name) {
    const server = await client();
    const run = await server.call(api.cancelRun, { params: { run: await findRun(server, name) } });
    out.show(run, () => {
      if (run.state === 'completed') out.line(`${run.name} has ended: ${standingOf(run)}`);
      else {
        out.line(`${run.name} is being cancelled`);
        out.note(out.paint('dim', `Watch it end: slipway run watch ${run.name}`));
      }
    });
    return undefined;
  },
});
