import { text as readAll } from 'node:stream/consumers';
import { api } from '../../../contract/addresses.ts';
import { defineCommand, type Run } from '../../command.ts';
import { importNote, readImport } from '../../importFile.ts';
import { assertNameAlone } from '../../nameAlone.ts';
import { askText } from '../../prompts.ts';
import { labelOf, requireScope, type ScopeOptions, scopeOptions } from '../../workflowScope.ts';

export const setCommand = defineCommand<ScopeOptions>({
  name: 'set <name> [value]',
  summary: 'set a variable; without VALUE it is read from standard input',
  details:
    'Workflows read it as ${{ vars.NAME }}; the environment’s counts before the repository’s, and that before the organization’s. Everybody who may look sees it: what must stay secret is for slipway secrets.',
  options: scopeOptions(),
  examples: [
    ['slipway variables set REGION eu-north --repository harbor', 'for the workflows of harbor'],
    [
      'slipway variables set URL https://x.example --repository harbor --environment production',
      'for jobs of production',
    ],
    ['slipway variables set NOTES --organization < notes.md', 'from a file, without its last line feed'],
  ],
  async run(run, name = '', given?: string) {
    assertNameAlone(name, (alone) => `slipway variables set ${alone} VALUE`);
    const query = requireScope(run.options, 'variable it is');
    const value = given ?? (await readValue(run, name));
    const body = { items: [{ name, value }] };
    const answer = await (await run.client()).call(api.setVariables, { query, body });
    const [stored = name] = answer.items.map((item) => item.name);
    run.out.show(answer, () =>
      run.out.line(`${stored} of ${labelOf(query)} is set; workflows read it as \${{ vars.${stored} }}`),
    );
    return undefined;
  },
});

async function readValue(run: Run<ScopeOptions>, name: string): Promise<string> {
  if (run.stdin.isTTY) return askText(run, `Value of ${name}`);
  return (await readAll(run.stdin)).replace(/\r?\n$/, '');
}

export const deleteCommand = defineCommand<ScopeOptions>({
  name: 'delete <name>',
  summary: 'delete a variable',
  options: scopeOptions(),
  examples: [
    [
      'slipway variables delete REGION --repository harbor',
      'workflows see that of the organization, if there is one',
    ],
  ],
  async run({ client, out, options }, name = '') {
    const query = requireScope(options, 'variable it is');
    await (await client()).call(api.deleteVariable, { params: { name }, query });
    out.show({ name, deleted: true }, () => out.line(`${name} of ${labelOf(query)} is deleted`));
    return undefined;
  },
});

export const importCommand = defineCommand<ScopeOptions>({
  name: 'import <file>',
  summary: 'set all variables of a .env file, or none of them',
  details: 'NAME=VALUE lines; a value of several lines in quotes. - is standard input.',
  options: scopeOptions(),
  examples: [['slipway variables import ci.env --repository harbor', 'all of the file']],
  async run(run, file = '') {
    const query = requireScope(run.options, 'variables they are');
    const items = await readImport(run, 'variable', file);
    const answer = await (await run.client()).call(api.setVariables, { query, body: { items } });
    run.out.show(answer, () => run.out.line(importNote(answer, labelOf(query))));
    return undefined;
  },
});
