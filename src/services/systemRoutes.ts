import { statfs } from 'node:fs/promises';
import sql from 'sql-template-tag';
import { api } from '../contract/index.ts';
import type { Installation } from '../contract/system.ts';
import type { Router } from '../platform/http/router.ts';
import { packageVersion } from '../platform/version.ts';
import type { Core } from './core.ts';

/** What this Slipway is, and where its data lies. */
export function registerSystemRoutes(router: Router, core: Core): void {
  const version = packageVersion();
  const startedAt = core.now().toISOString();
  router.add(api.showInfo, async () => ({ url_prefix: core.settings.declaredUrlPrefix, version }));
  router.add(api.showInstallation, async () => {
    const [disk, database] = await Promise.all([diskOf(core), databaseOf(core)]);
    return { version, started_at: startedAt, data_directory: core.paths.root, disk, database };
  });
}

/** What may be filled: some of a disk may be kept for the operator. */
async function diskOf({ paths }: Core): Promise<Installation['disk']> {
  const { bavail, blocks, bsize } = await statfs(paths.root);
  return { free_bytes: bavail * bsize, total_bytes: blocks * bsize };
}

async function databaseOf({ db, settings }: Core): Promise<Installation['database']> {
  const row = await db.one<{ version: string; size_bytes: number }>(sql`
    select split_part(current_setting('server_version'), ' ', 1) as version,
           pg_database_size(current_database()) as size_bytes`);
  return { kind: settings.databaseUrl === undefined ? 'embedded' : 'external', ...row };
}
