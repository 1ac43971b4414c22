import { api } from '../../../contract/addresses.ts';
import { defineCommand } from '../../command.ts';

export const joinCommand = defineCommand({
  name: 'join <team> <user>',
  summary: 'put a user into a team',
  examples: [['slipway teams join web bob', 'bob may deploy what web owns']],
  async run({ client, out }, team = '', username = '') {
    const joined = await (await client()).call(api.addTeamMember, { params: { team, username } });
    out.show(joined, () => out.line(`${team}: ${joined.members.join(', ')}`));
    return undefined;
  },
});

export const leaveCommand = defineCommand({
  name: 'leave <team> <user>',
  summary: 'take a user out of a team',
  examples: [['slipway teams leave web bob', 'bob may no longer deploy what web owns']],
  async run({ client, out }, team = '', username = '') {
    const left = await (await client()).call(api.removeTeamMember, { params: { team, username } });
    out.show(left, () => out.line(`${team}: ${left.members.join(', ') || 'nobody'}`));
    return undefined;
  },
});
