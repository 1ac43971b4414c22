import sql from 'sql-template-tag';
import type { KeyState } from '../../contract/projects.ts';
import type { Queryable } from '../../platform/db/database.ts';
import type { DirectoryLock } from '../teams/index.ts';

export interface KeyRow {
  id: number;
  project_id: number;
  label: string;
  public_key: string;
  /** Opened by `openKeySecret`; null when a fixture gave none. */
  sealed_secret: string | null;
  state: KeyState;
  created_at: Date;
  retiring_at: Date | null;
  revoked_at: Date | null;
}

const keyColumns = sql`id, project_id, label, public_key, sealed_secret, state, created_at, retiring_at, revoked_at`;

/** All keys of a project, the oldest first. */
export function selectKeys(db: Queryable, projectId: number): Promise<KeyRow[]> {
  return db.many<KeyRow>(
    sql`select ${keyColumns} from project_keys where project_id = ${projectId} order by id`,
  );
}

export function selectKey(db: Queryable, id: number): Promise<KeyRow | undefined> {
  return db.maybe<KeyRow>(sql`select ${keyColumns} from project_keys where id = ${id}`);
}

export interface NewKey {
  projectId: number;
  label: string;
  publicKey: string;
  sealedSecret: string;
}

export function insertKey({ tx }: DirectoryLock, now: Date, key: NewKey): Promise<KeyRow> {
  return tx.one<KeyRow>(sql`
    insert into project_keys (project_id, label, public_key, sealed_secret, created_at)
    values (${key.projectId}, ${key.label}, ${key.publicKey}, ${key.sealedSecret}, ${now})
    returning ${keyColumns}`);
}

/** Retires the active keys of a project; answers their public keys. */
export async function retireActiveKeys({ tx }: DirectoryLock, now: Date, projectId: number) {
  const rows = await tx.many<{ public_key: string }>(sql`
    update project_keys set state = 'retiring', retiring_at = ${now}
    where project_id = ${projectId} and state = 'active' returning public_key`);
  return rows.map((row) => row.public_key);
}

/** Gives a key another state and label, and writes down since when it has that state. */
export function updateKeyRow(
  { tx }: DirectoryLock,
  now: Date,
  { id, state, label }: Pick<KeyRow, 'id' | 'state' | 'label'>,
): Promise<KeyRow> {
  return tx.one<KeyRow>(sql`
    update project_keys set label = ${label}, state = ${state},
      retiring_at = case ${state}::text when 'active' then null when 'retiring' then coalesce(retiring_at, ${now}) else retiring_at end,
      revoked_at = case ${state}::text when 'revoked' then coalesce(revoked_at, ${now}) end
    where id = ${id} returning ${keyColumns}`);
}
