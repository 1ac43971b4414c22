import { Option } from 'commander';
import { api } from '../../contract/index.ts';
import { defineCommand } from '../command.ts';
import type { Cell } from '../output/table.ts';

export const teamsCommand = defineCommand<{ add?: string }>({
  name: 'teams',
  summary: 'the teams and who is in them',
  options: [new Option('--add <team>', 'make a new one')],
  examples: [
    ['slipway users teams', 'who may deploy what'],
    ['slipway users teams --add web', 'a new team'],
  ],
  async run({ client, out, options }) {
    const server = await client();
    if (options.add !== undefined) {
      const team = await server.call(api.createTeam, { body: { slug: options.add } });
      out.show(team, () =>
        out.line(`${team.slug} is a team now; fill it: slipway users join ${team.slug} USER`),
      );
      return undefined;
    }
    const answer = await server.call(api.listTeams, {});
    out.show(answer, () => {
      const columns = [
        { title: 'TEAM' },
        { title: 'NAME', flexible: true },
        { title: 'MEMBERS', flexible: true },
      ];
      const rows = answer.items.map((team): Cell[] => [
        { text: team.slug, style: 'bold' },
        team.name,
        team.members.join(', ') || '-',
      ]);
      if (rows.length === 0) out.line('no team yet; apps make theirs, or: slipway users teams --add NAME');
      else out.table(columns, rows);
    });
    return undefined;
  },
});

export const joinCommand = defineCommand({
  name: 'join <team> <user>',
  summary: 'put a user into a team',
  examples: [['slipway users join web bob', 'bob may deploy what web owns']],
  async run({ client, out }, team = '', username = '') {
    const joined = await (await client()).call(api.addTeamMember, { params: { team, username } });
    out.show(joined, () => out.line(`${team}: ${joined.members.join(', ')}`));
    return undefined;
  },
});

export const leaveCommand = defineCommand({
  name: 'leave <team> <user>',
  summary: 'take a user out of a team',
  examples: [['slipway users leave web bob', 'bob may no longer deploy what web owns']],
  async run({ client, out }, team = '', username = '') {
    const left = await (await client()).call(api.removeTeamMember, { params: { team, username } });
    out.show(left, () => out.line(`${team}: ${left.members.join(', ') || 'nobody'}`));
    return undefined;
  },
});
