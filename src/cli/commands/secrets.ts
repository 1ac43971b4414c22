import { api } from '../../contract/addresses.ts';
import { type CommandGroup, defineCommand } from '../command.ts';
import type { Cell } from '../output/table.ts';
import { readSecret } from '../prompts.ts';

const list = defineCommand({
  name: 'list',
  summary: 'names of the stored secrets; values are never shown',
  examples: [['slipway secrets', 'their names']],
  async run({ client, out }) {
    const answer = await (await client()).call(api.listSecrets, {});
    out.show(answer, () => {
      if (answer.items.length === 0) out.line('no secret is stored; store one: slipway secrets set NAME');
      else {
        const columns = [{ title: 'SECRET' }, { title: 'SET' }, { title: 'BY', flexible: true }];
        out.table(
          columns,
          answer.items.map((secret): Cell[] => [
            { text: secret.name, style: 'bold' },
            out.time(secret.updated_at),
            secret.updated_by,
          ]),
        );
      }
    });
    return undefined;
  },
});

const set = defineCommand({
  name: 'set <name>',
  summary: 'store a secret; the value is asked for, or read from standard input',
  details: `slipway.yml refers to it as \${secret:NAME}.`,
  examples: [
    ['slipway secrets set harbor-token', 'asks for the value'],
    ['slipway secrets set deploy-key < key.pem', 'from a file, without its last line feed'],
  ],
  async run(run, name = '') {
    const value = await readSecret(run, `Value of ${name}`);
    await (await run.client()).call(api.setSecret, { params: { name }, body: { value } });
    run.out.show({ name, stored: true }, () =>
      run.out.line(`${name} is stored; slipway.yml refers to it as \${secret:${name}}`),
    );
    return undefined;
  },
});

const remove = defineCommand({
  name: 'delete <name>',
  summary: 'delete a stored secret',
  examples: [['slipway secrets delete harbor-token', 'what refers to it fails from now on']],
  async run({ client, out }, name = '') {
    await (await client()).call(api.deleteSecret, { params: { name } });
    out.show({ name, deleted: true }, () => out.line(`${name} is deleted`));
    return undefined;
  },
});

export const secretsCommand: CommandGroup = {
  name: 'secrets',
  summary: 'secrets for configuration to refer to: list, set, delete',
  examples: [
    ['slipway secrets', 'their names'],
    ['slipway secrets set harbor-token', 'asks for the value'],
  ],
  commands: [list, set, remove],
};
