import { api } from '../../contract/addresses.ts';
import { findDeploy } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { printDeploy } from '../views/deployDetail.ts';

export const showCommand = defineCommand({
  name: 'show <deploy>',
  summary: 'one deploy: commit, steps, timeline, result',
  examples: [
    ['slipway show harbor/staging#12', 'that deploy'],
    ['slipway show harbor/staging', 'the newest one there'],
  ],
  async run({ client, out }, name) {
    const server = await client();
    const deploy = await server.call(api.showDeploy, { params: await findDeploy(server, name ?? '') });
    out.show(deploy, () => printDeploy(out, deploy));
    return undefined;
  },
});
