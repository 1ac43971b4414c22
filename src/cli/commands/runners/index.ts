import { api } from '../../../contract/addresses.ts';
import { type CommandGroup, defineCommand } from '../../command.ts';
import { list } from './list.ts';
import { token } from './token.ts';

const drain = defineCommand({
  name: 'drain <runner>',
  summary: 'let a runner of jobs finish what it runs, and give it nothing more',
  examples: [
    ['slipway runners drain far-away', 'by name or id; one on another machine ends when it is done'],
  ],
  async run({ client, out }, runner = '') {
    await (await client()).call(api.drainRunner, { params: { runner } });
    out.show({ runner, draining: true }, () => out.line(`${runner} takes no more jobs`));
    return undefined;
  },
});

export const runnersCommand: CommandGroup = {
  name: 'runners',
  summary: 'who runs deploys and jobs: list, drain, token',
  examples: [
    ['slipway runners', 'who is there, and what they do'],
    ['slipway runners token create NAME', 'to let in one on another machine'],
  ],
  commands: [list, drain, token],
};
