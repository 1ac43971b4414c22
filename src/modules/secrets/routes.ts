import { api } from '../../contract/index.ts';
import type { Router } from '../../platform/http/router.ts';
import { deleteSecret, type SecretSource, setSecret } from './secrets.ts';
import { selectSecretNames } from './store.ts';

export function registerSecretRoutes(router: Router, source: SecretSource): void {
  router.add(api.listSecrets, async () => {
    const rows = await selectSecretNames(source.db);
    return { items: rows.map((row) => ({ ...row, updated_at: row.updated_at.toISOString() })) };
  });
  router.add(api.setSecret, async ({ params, body, actor, now }) => {
    await setSecret(source, now, actor, params.name, body.value);
    return undefined;
  });
  router.add(api.deleteSecret, async ({ params, actor, now }) => {
    await deleteSecret(source, now, actor, params.name);
    return undefined;
  });
}
