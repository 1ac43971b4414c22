import type { Queryable } from '../../platform/db/database.ts';
import type { SecretSource } from '../secrets/index.ts';
import { sealName } from './scope.ts';
import { type JobValueRow, selectForJob } from './store.ts';

/** What says which values a job finds. */
export interface JobPlace {
  readonly repositoryId: number;
  /** That the job names; in any case, and also one that nobody declared. */
  readonly environment: string | null;
}

/**
 * The secrets of a job, opened: of each name the narrowest. A run that is not trusted (of a fork or an unknown author)
 * has none. Throws when one cannot be opened, and says which. One query.
 */
export async function secretsForJob(
  { db, box }: Pick<SecretSource, 'db' | 'box'>,
  job: JobPlace & { readonly trusted: boolean },
): Promise<Record<string, string>> {
  if (!job.trusted) return {};
  const rows = await selectForJob(db, 'secret', job);
  return Object.fromEntries(
    rows.map((row) => [row.name, box.open(row.content, sealName(ownerOf(row), row.name))]),
  );
}

const ownerOf = (row: JobValueRow) => ({
  repositoryId: row.repository_id,
  environmentId: row.environment_id,
});

/** The variables of a job, `vars`: of each name the narrowest. They are no secrets: every run has them. One query. */
export async function variablesForJob(db: Queryable, job: JobPlace): Promise<Record<string, string>> {
  const rows = await selectForJob(db, 'variable', job);
  return Object.fromEntries(rows.map((row) => [row.name, row.content]));
}
