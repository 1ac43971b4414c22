import type { Project, ProjectDetail, ProjectKey } from '../../contract/projects.ts';
import type { Actor } from '../../platform/actor.ts';
import type { SecretBox } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { formatDsn } from './dsn.ts';
import { openKeySecret } from './keySecrets.ts';
import { type KeyRow, selectKeys } from './keyStore.ts';
import { mayChange, maySeeSecrets } from './projects.ts';
import type { ProjectRow } from './store.ts';

/** What DSNs are made with. */
export interface DsnSource {
  readonly box: SecretBox;
  /** The address that people, and SDKs, use. */
  readonly urlPrefix: string;
}

export function presentProject({ urlPrefix }: DsnSource, actor: Actor, row: ProjectRow): Project {
  return {
    id: row.public_id,
    slug: row.slug,
    name: row.name,
    team: row.team,
    platform: row.platform,
    dsn:
      row.main_key === null
        ? null
        : formatDsn(urlPrefix, { publicKey: row.main_key, publicId: row.public_id }),
    may_change: mayChange(actor, row.team),
    created_at: row.created_at.toISOString(),
  };
}

/** A project with its keys, and with their secrets for whom they are. */
export async function presentDetail(
  db: Queryable,
  source: DsnSource,
  actor: Actor,
  row: ProjectRow,
): Promise<ProjectDetail> {
  const keys = await presentKeys(db, source, actor, row);
  const main = keys.find((key) => key.public_key === row.main_key);
  return { ...presentProject(source, actor, row), secret_dsn: main?.secret_dsn ?? null, keys };
}

export async function presentKeys(
  db: Queryable,
  source: DsnSource,
  actor: Actor,
  project: ProjectRow,
): Promise<ProjectKey[]> {
  const keys = await selectKeys(db, project.id);
  return keys.map((key) => presentKey(source, actor, project, key));
}

export function presentKey(source: DsnSource, actor: Actor, project: ProjectRow, key: KeyRow): ProjectKey {
  const parts = { publicKey: key.public_key, publicId: project.public_id };
  const secret = maySeeSecrets(actor, project.team) ? usableSecret(source.box, key) : null;
  return {
    public_key: key.public_key,
    label: key.label,
    state: key.state,
    dsn: key.state === 'revoked' ? null : formatDsn(source.urlPrefix, parts),
    secret_dsn: secret === null ? null : formatDsn(source.urlPrefix, { ...parts, secret }),
    created_at: key.created_at.toISOString(),
    retiring_at: key.retiring_at?.toISOString() ?? null,
    revoked_at: key.revoked_at?.toISOString() ?? null,
  };
}

/** What is accepted no more needs to be shown no more. */
const usableSecret = (box: SecretBox, key: KeyRow): string | null =>
  key.state === 'revoked' ? null : openKeySecret(box, key.public_key, key.sealed_secret);
