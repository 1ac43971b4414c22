import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { api } from '../../contract/index.ts';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError, systemCode } from '../../platform/errors.ts';
import type { Router } from '../../platform/http/router.ts';
import { sendFileRange } from '../../platform/http/sendFileRange.ts';
import { type KeptArtifact, listArtifacts } from '../../workflows/actions/index.ts';
import { findRun } from './findRun.ts';

/** What jobs of a run have put up, for people. */
export function registerArtifactRoutes(router: Router, db: Db, paths: DataPaths): void {
  router.add(api.listArtifacts, async ({ params }) => {
    const { id } = await findRun(db, params.run);
    return { items: (await listArtifacts(paths.artifacts(id))).map(present) };
  });
  router.addStream(api.downloadArtifact, async ({ params, request, reply }) => {
    const { id } = await findRun(db, params.run);
    const found = (await listArtifacts(paths.artifacts(id))).find(({ name }) => name === params.name);
    if (found === undefined)
      throw new AppError(
        'not_found',
        `run ${id} has no artifact ${JSON.stringify(params.name)}, or not any more`,
      );
    reply.header(
      'content-disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(basename(found.file))}`,
    );
    return sendFileRange(request, reply, {
      path: found.file,
      size: found.sizeBytes,
      type: 'application/octet-stream',
    });
  });
}

const present = ({ name, file, sizeBytes, createdAt, sha256 }: KeptArtifact) => ({
  name,
  file: basename(file),
  size_bytes: sizeBytes,
  created_at: createdAt.toISOString(),
  digest: `sha256:${sha256}`,
});

/** Removes artifacts that were put up before a moment, and what is left of the directories of their runs. */
export async function forgetOldArtifacts({ root }: Pick<DataPaths, 'root'>, before: Date): Promise<void> {
  const all = join(root, 'artifacts');
  for (const thousand of await namesIn(all)) {
    for (const run of await namesIn(join(all, thousand))) {
      const directory = join(all, thousand, run);
      const old = (await listArtifacts(directory)).filter(({ createdAt }) => createdAt < before);
      for (const { file } of old) await rm(dirname(file), { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
