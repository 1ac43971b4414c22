import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import { defineCommand } from '../../command.ts';
import type { Cell } from '../../output/table.ts';
import { approvalText } from './approvalText.ts';

interface Options {
  readonly repository?: string;
}

export const listCommand = defineCommand<Options>({
  name: 'list',
  summary: 'environments that jobs of workflows name, with their rules',
  details: 'One that a job names and that is not listed has no rules.',
  options: [new Option('--repository <repository>', 'only those of this repository')],
  examples: [
    ['slipway environments', 'of all repositories'],
    ['slipway environments --repository harbor', 'of one'],
  ],
  async run({ client, out, options: { repository } }) {
    const query = repository === undefined ? {} : { repository };
    const answer = await (await client()).call(api.listWorkflowEnvironments, { query });
    out.show(answer, () => {
      if (answer.items.length === 0) {
        out.line(
          'none is declared: jobs use any, without rules; slipway environments set NAME --repository REPOSITORY',
        );
        return;
      }
      const columns = [
        { title: 'REPOSITORY' },
        { title: 'ENVIRONMENT' },
        { title: 'WAIT', align: 'right' as const },
        { title: 'APPROVAL', flexible: true },
        { title: 'BRANCHES', flexible: true },
        { title: 'SECRETS', align: 'right' as const },
        { title: 'VARIABLES', align: 'right' as const },
      ];
      const rows = answer.items.map((environment): Cell[] => [
        environment.repository,
        { text: environment.name, style: 'bold' },
        environment.wait_minutes === 0 ? '-' : `${environment.wait_minutes} min`,
        approvalText(environment),
        environment.branches.join(', ') || 'all',
        String(environment.secrets),
        String(environment.variables),
      ]);
      out.table(columns, rows);
    });
    return undefined;
  },
});
