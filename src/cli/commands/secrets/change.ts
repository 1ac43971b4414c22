import { api } from '../../../contract/addresses.ts';
import { defineCommand } from '../../command.ts';
import { importNote, readImport } from '../../importFile.ts';
import { assertNameAlone } from '../../nameAlone.ts';
import { readSecret } from '../../prompts.ts';
import { labelOf, requireScope, type ScopeOptions, scopeOf, scopeOptions } from '../../workflowScope.ts';

export const setCommand = defineCommand<ScopeOptions>({
  name: 'set <name>',
  summary: 'store a secret; the value is asked for, or read from standard input',
  details:
    'Without options for deploys: slipway.yml refers to it as ${secret:NAME}. With one, for workflows: they read it as ${{ secrets.NAME }}; the environment’s counts before the repository’s, and that before the organization’s.',
  options: scopeOptions(),
  examples: [
    ['slipway secrets set harbor-token', 'for deploys; asks for the value'],
    ['slipway secrets set deploy-key < key.pem', 'from a file, without its last line feed'],
    ['slipway secrets set NPM_TOKEN --repository harbor', 'for the workflows of harbor'],
    ['slipway secrets set KEY --repository harbor --environment production', 'for jobs of production alone'],
    ['slipway secrets set SLACK_HOOK --organization', 'for all workflows'],
  ],
  async run(run, name = '') {
    assertNameAlone(
      name,
      (alone) =>
        `slipway secrets set ${alone} asks for the value. What was typed may stand in the history of your shell now; if it is a real one, replace it`,
    );
    const query = scopeOf(run.options);
    const value = await readSecret(run, `Value of ${name}`);
    const server = await run.client();
    if (query === undefined) {
      await server.call(api.setSecret, { params: { name }, body: { value } });
      run.out.show({ name, stored: true }, () =>
        run.out.line(`${name} is stored; slipway.yml refers to it as \${secret:${name}}`),
      );
      return undefined;
    }
    const answer = await server.call(api.setWorkflowSecrets, { query, body: { items: [{ name, value }] } });
    const [stored = name] = answer.items.map((item) => item.name);
    run.out.show(answer, () =>
      run.out.line(
        `${stored} of ${labelOf(query)} is stored; workflows read it as \${{ secrets.${stored} }}`,
      ),
    );
    return undefined;
  },
});

export const deleteCommand = defineCommand<ScopeOptions>({
  name: 'delete <name>',
  summary: 'delete a stored secret',
  options: scopeOptions(),
  examples: [
    ['slipway secrets delete harbor-token', 'what refers to it fails from now on'],
    [
      'slipway secrets delete NPM_TOKEN --repository harbor',
      'workflows see that of the organization, if there is one',
    ],
  ],
  async run({ client, out, options }, name = '') {
    const query = scopeOf(options);
    const server = await client();
    if (query === undefined) await server.call(api.deleteSecret, { params: { name } });
    else await server.call(api.deleteWorkflowSecret, { params: { name }, query });
    out.show({ name, deleted: true }, () =>
      out.line(query === undefined ? `${name} is deleted` : `${name} of ${labelOf(query)} is deleted`),
    );
    return undefined;
  },
});

export const importCommand = defineCommand<ScopeOptions>({
  name: 'import <file>',
  summary: 'store all secrets of a .env file for workflows, or none of them',
  details: 'NAME=VALUE lines; a value of several lines in quotes. - is standard input.',
  options: scopeOptions(),
  examples: [
    ['slipway secrets import .env.ci --repository harbor', 'all of the file'],
    ['pass show ci | slipway secrets import - --organization', 'from another program'],
  ],
  async run(run, file = '') {
    const query = requireScope(run.options, 'secrets they are');
    const items = await readImport(run, 'secret', file);
    const answer = await (await run.client()).call(api.setWorkflowSecrets, { query, body: { items } });
    run.out.show(answer, () => run.out.line(importNote(answer, labelOf(query))));
    return undefined;
  },
});
