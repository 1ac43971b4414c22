import { api } from '../../contract/addresses.ts';
import { defineCommand } from '../command.ts';
import type { Cell } from '../output/table.ts';

export const appsCommand = defineCommand({
  name: 'apps',
  summary: 'the apps, their repositories, teams and environments',
  examples: [['slipway apps', 'what there is to ship, and where to']],
  async run({ client, out }) {
    const answer = await (await client()).call(api.listApps, {});
    out.show(answer, () => {
      if (answer.items.length === 0) {
        out.line('no app is declared yet. Write a slipway.yml, then: slipway apply slipway.yml');
        return;
      }
      const columns = [
        { title: 'APP' },
        { title: 'ENVIRONMENTS', flexible: true },
        { title: 'REPOSITORY' },
        { title: 'TEAM' },
        { title: 'PATHS', flexible: true },
      ];
      const rows = answer.items.map((app): Cell[] => [
        { text: app.name, style: 'bold' },
        app.environments.map((environment) => environment.name).join(', '),
        app.repository,
        app.may_deploy ? app.team : `${app.team} (you may look only)`,
        app.paths.length === 0 ? 'all' : app.paths.join(', '),
      ]);
      out.table(columns, rows);
    });
    return undefined;
  },
});
