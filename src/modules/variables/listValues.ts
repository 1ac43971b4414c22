import type { ValueKind } from '../../contract/workflowRules.ts';
import type { WorkflowSecret } from '../../contract/workflowValues.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { levelOf, type ValueScope } from './scope.ts';
import { selectVisible, type ValueRow } from './store.ts';

export interface ListedValue {
  /** What everybody may know of a secret or variable. */
  readonly facts: WorkflowSecret;
  /** Of a variable; null for a secret. */
  readonly value: string | null;
}

/** What a job there would find of a kind, also what narrower ones override. */
export async function listValues(db: Queryable, kind: ValueKind, scope: ValueScope): Promise<ListedValue[]> {
  const rows = await selectVisible(db, kind, scope);
  return rows.map((row, index) => ({
    facts: factsOf(row, rows[index - 1]?.name === row.name),
    value: row.value,
  }));
}

const factsOf = (row: ValueRow, overridden: boolean): WorkflowSecret => ({
  name: row.name,
  level: levelOf({ repositoryId: row.repository_id, environmentId: row.environment_id }),
  repository: row.repository,
  environment: row.environment,
  overridden,
  updated_at: row.updated_at.toISOString(),
  updated_by: row.updated_by,
});
