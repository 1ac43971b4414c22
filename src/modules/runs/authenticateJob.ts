import { type Actor, systemActor } from '../../platform/actor.ts';
import { hashToken } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { selectTokenHolder } from './leaseStore.ts';

/** What the own token of a job may do, to the repository of its run only. */
export interface JobUser {
  readonly actor: Actor;
  readonly job: { readonly repositoryId: number; readonly contents: 'none' | 'read' | 'write' };
  /** All of its permissions: `checks`, `statuses`, … */
  readonly permissions: Readonly<Record<string, string>>;
}

/** The job that a token is of, while it runs: with it the token dies. */
export async function authenticateJob(db: Db, token: string): Promise<JobUser | undefined> {
  const holder = await selectTokenHolder(db, hashToken(token));
  if (holder === undefined) return undefined;
  const { contents } = holder.permissions;
  return {
    actor: { ...systemActor, name: `job ${holder.id}`, role: 'viewer', scopes: ['read'] },
    job: {
      repositoryId: holder.repository_id,
      contents: contents === 'write' || contents === 'read' ? contents : 'none',
    },
    permissions: holder.permissions,
  };
}
