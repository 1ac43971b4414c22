import { api } from '../../../contract/addresses.ts';
import type { WorkflowSecret } from '../../../contract/workflowValues.ts';
import { defineCommand, type Run } from '../../command.ts';
import type { Output } from '../../output/output.ts';
import type { Cell } from '../../output/table.ts';
import { labelOf, type ScopeOptions, type ScopeQuery, scopeOf, scopeOptions } from '../../workflowScope.ts';

export const listCommand = defineCommand<ScopeOptions>({
  name: 'list',
  summary: 'names of the stored secrets; values are never shown',
  details:
    'Without options those that slipway.yml refers to, for deploys; with one, all that workflows see there, the narrowest of a name first.',
  options: scopeOptions(),
  examples: [
    ['slipway secrets', 'those of deploys'],
    ['slipway secrets list --repository harbor', 'what workflows of harbor see'],
    ['slipway secrets list --repository harbor --environment production', 'what a job of production sees'],
  ],
  async run(run) {
    const scope = scopeOf(run.options);
    if (scope === undefined) await listOfDeploys(run);
    else await listOfWorkflows(run, scope);
    return undefined;
  },
});

async function listOfDeploys({ client, out }: Run): Promise<void> {
  const answer = await (await client()).call(api.listSecrets, {});
  out.show(answer, () => {
    if (answer.items.length === 0) {
      out.line('no secret is stored; store one: slipway secrets set NAME');
      return;
    }
    const columns = [{ title: 'SECRET' }, { title: 'SET' }, { title: 'BY', flexible: true }];
    const rows = answer.items.map((secret): Cell[] => [
      { text: secret.name, style: 'bold' },
      out.time(secret.updated_at),
      secret.updated_by,
    ]);
    out.table(columns, rows);
  });
}

async function listOfWorkflows({ client, out }: Run, query: ScopeQuery): Promise<void> {
  const answer = await (await client()).call(api.listWorkflowSecrets, { query });
  out.show(answer, () => {
    if (answer.items.length === 0) out.line(`workflows of ${labelOf(query)} have no secret`);
    else printSecrets(out, answer.items);
  });
}

function printSecrets(out: Output, secrets: readonly WorkflowSecret[]): void {
  const columns = [{ title: 'SECRET' }, { title: 'OF' }, { title: 'SET' }, { title: 'BY', flexible: true }];
  const rows = secrets.map((secret): Cell[] => [
    { text: secret.name, style: secret.overridden ? 'dim' : 'bold' },
    `${labelOf(secret)}${secret.overridden ? ' (overridden)' : ''}`,
    out.time(secret.updated_at),
    secret.updated_by,
  ]);
  out.table(columns, rows);
}
