import { api } from '../../contract/addresses.ts';
import { findDeploy } from '../arguments.ts';
import { defineCommand } from '../command.ts';

export const cancelCommand = defineCommand({
  name: 'cancel <deploy>',
  summary: 'cancel a deploy that waits or runs',
  details: 'A running one gets TERM, and after 10 seconds KILL, with everything that it started.',
  examples: [
    ['slipway cancel harbor/staging#12', 'that deploy'],
    ['slipway cancel harbor/staging', 'the newest one there'],
  ],
  async run({ client, out }, name) {
    const server = await client();
    const deploy = await server.call(api.cancel, { params: await findDeploy(server, name ?? '') });
    out.show(deploy, () => {
      if (deploy.state === 'cancelling') {
        out.line(`${deploy.name} is being cancelled`);
        out.note(out.paint('dim', `Watch it end: slipway logs -f ${deploy.name}`));
      } else out.line(`${deploy.name} ${deploy.state}: ${deploy.result ?? ''}`);
    });
    return undefined;
  },
});
