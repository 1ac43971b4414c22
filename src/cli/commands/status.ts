import { api } from '../../contract/addresses.ts';
import { defineCommand } from '../command.ts';
import { printStatus } from '../views/status.ts';

export const statusCommand = defineCommand({
  name: 'status [app]',
  summary: 'what is live where, what is moving, what is locked',
  examples: [
    ['slipway status', 'everything'],
    ['slipway status harbor --times', 'one app, with exact times'],
  ],
  async run({ client, out, now }, app) {
    const answer = await (await client()).call(api.listApps, { query: app === undefined ? {} : { app } });
    out.show(answer, () => {
      if (answer.items.length === 0)
        out.line('no app is declared yet. Write a slipway.yml, then: slipway apply slipway.yml');
      else printStatus(out, answer.items, answer.runners, now());
    });
    return undefined;
  },
});
