import { randomUUID } from 'node:crypto';
import { api } from '../../../contract/addresses.ts';
import { defineCommand } from '../../command.ts';
import { persist } from '../../connection/persist.ts';
import { shortKey } from './findKey.ts';
import { printNewDsn } from './printDsn.ts';

export const rotateCommand = defineCommand({
  name: 'rotate <project>',
  summary: 'a new key; those before it retire, and are accepted until they are revoked',
  examples: [
    ['slipway projects rotate storefront', 'prints the new DSN'],
    ['slipway projects revoke storefront', 'when everything sends with the new one'],
  ],
  async run({ client, out }, project = '') {
    const server = await client();
    const idempotencyKey = randomUUID();
    const params = { project };
    const key = await persist(() => server.call(api.rotateProjectKey, { params }, { idempotencyKey }));
    const { items } = await server.call(api.listProjectKeys, { params });
    const retiring = items.filter(({ state }) => state === 'retiring');
    out.show(key, () => {
      out.line(`${project} has a new key; its DSN:`);
      printNewDsn(out, project, key);
      if (retiring.length === 0) return;
      out.note('Still accepted, until everything sends with the new one:');
      for (const { public_key } of retiring)
        out.note(`  ${public_key}  slipway projects revoke ${project} ${shortKey(public_key)}`);
    });
    return undefined;
  },
});
