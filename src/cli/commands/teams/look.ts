import { api } from '../../../contract/addresses.ts';
import type { TeamDetail } from '../../../contract/teams.ts';
import { defineCommand } from '../../command.ts';
import type { Output } from '../../output/output.ts';
import type { Cell } from '../../output/table.ts';

export const listCommand = defineCommand({
  name: 'list',
  summary: 'the teams and who is in them',
  examples: [['slipway teams', 'who may change and deploy what']],
  async run({ client, out }) {
    const answer = await (await client()).call(api.listTeams, {});
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
      if (rows.length === 0) out.line('no team yet; apps make theirs, or: slipway teams create SLUG');
      else out.table(columns, rows);
    });
    return undefined;
  },
});

export const showCommand = defineCommand({
  name: 'show <team>',
  summary: 'one team: its members, apps and projects',
  examples: [['slipway teams show web', 'what belongs to it']],
  async run({ client, out }, team = '') {
    const answer = await (await client()).call(api.showTeam, { params: { team } });
    out.show(answer, () => printTeam(out, answer));
    return undefined;
  },
});

function printTeam(out: Output, team: TeamDetail): void {
  const facts: [string, readonly string[], string][] = [
    ['members', team.members, `nobody; slipway teams join ${team.slug} USER`],
    ['apps', team.apps, 'none; slipway.yml declares them'],
    [
      'projects',
      team.projects.map(({ slug }) => slug),
      `none; slipway projects create NAME --team ${team.slug}`,
    ],
  ];
  const name = team.name === team.slug ? '' : `  ${team.name}`;
  out.line(`${out.paint('bold', team.slug)}${name}`);
  for (const [label, names, none] of facts)
    out.line(`  ${out.paint('dim', label.padEnd(9))}${names.join(', ') || out.paint('dim', none)}`);
}
