import { api } from '../../../contract/addresses.ts';
import type { WorkflowVariable } from '../../../contract/workflowValues.ts';
import { defineCommand } from '../../command.ts';
import type { Output } from '../../output/output.ts';
import type { Cell } from '../../output/table.ts';
import { labelOf, type ScopeOptions, scopeOf, scopeOptions } from '../../workflowScope.ts';

export const listCommand = defineCommand<ScopeOptions>({
  name: 'list',
  summary: 'variables that workflows see, the narrowest of a name first',
  options: scopeOptions(),
  examples: [
    ['slipway variables', 'those of the organization'],
    ['slipway variables --repository harbor', 'what workflows of harbor see'],
    ['slipway variables --repository harbor --environment production', 'what a job of production sees'],
  ],
  async run({ client, out, options }) {
    const query = scopeOf(options) ?? {};
    const answer = await (await client()).call(api.listVariables, { query });
    out.show(answer, () => {
      if (answer.items.length === 0) out.line(`workflows of ${labelOf(query)} have no variable`);
      else printVariables(out, answer.items);
    });
    return undefined;
  },
});

function printVariables(out: Output, variables: readonly WorkflowVariable[]): void {
  const columns = [
    { title: 'VARIABLE' },
    { title: 'VALUE', flexible: true },
    { title: 'OF' },
    { title: 'SET' },
    { title: 'BY' },
  ];
  const rows = variables.map((variable): Cell[] => [
    { text: variable.name, style: variable.overridden ? 'dim' : 'bold' },
    variable.value,
    `${labelOf(variable)}${variable.overridden ? ' (overridden)' : ''}`,
    out.time(variable.updated_at),
    variable.updated_by,
  ]);
  out.table(columns, rows);
}
