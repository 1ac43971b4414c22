import { api } from '../../contract/index.ts';
import type { Router } from '../../platform/http/router.ts';
import type { SecretSource } from '../secrets/index.ts';
import { deleteValue } from './deleteValue.ts';
import { listValues } from './listValues.ts';
import { findScope } from './scope.ts';
import { setValues } from './setValues.ts';

export function registerWorkflowValueRoutes(router: Router, source: Pick<SecretSource, 'db' | 'box'>): void {
  const { db } = source;
  router.add(api.listWorkflowSecrets, async ({ query }) => {
    const listed = await listValues(db, 'secret', await findScope(db, query));
    return { items: listed.map(({ facts }) => facts) };
  });
  router.add(api.setWorkflowSecrets, ({ query, body, actor, now }) =>
    setValues(source, now, actor, { kind: 'secret', ...query }, body.items),
  );
  router.add(api.deleteWorkflowSecret, async ({ params, query, actor, now }) => {
    await deleteValue(db, now, actor, { kind: 'secret', ...query }, params.name);
    return undefined;
  });

  router.add(api.listVariables, async ({ query }) => {
    const listed = await listValues(db, 'variable', await findScope(db, query));
    return { items: listed.map(({ facts, value }) => ({ ...facts, value: value ?? '' })) };
  });
  router.add(api.setVariables, ({ query, body, actor, now }) =>
    setValues(source, now, actor, { kind: 'variable', ...query }, body.items),
  );
  router.add(api.deleteVariable, async ({ params, query, actor, now }) => {
    await deleteValue(db, now, actor, { kind: 'variable', ...query }, params.name);
    return undefined;
  });
}
