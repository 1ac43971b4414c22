import type { Db } from '../../platform/db/database.ts';
import { extendFetchLease, leaseMirror, releaseMirror } from './store.ts';

export const leaseSeconds = 30;
const extendEveryMs = 10_000;

/** Extends the lease of a mirror until the answer is called. When this process dies, the lease runs out by itself. */
export function keepLease(db: Db, repositoryId: number): () => void {
  const timer = setInterval(
    () => void extendFetchLease(db, repositoryId, leaseSeconds).catch(() => {}),
    extendEveryMs,
  );
  return () => clearInterval(timer);
}

/** Does `work` while no other may change the mirror. Undefined, and nothing done, when another does right now. */
export async function holdMirror<Value>(
  db: Db,
  repositoryId: number,
  work: () => Promise<Value>,
): Promise<Value | undefined> {
  if (!(await leaseMirror(db, repositoryId, leaseSeconds))) return undefined;
  const letGo = keepLease(db, repositoryId);
  try {
    return await work();
  } finally {
    letGo();
    await releaseMirror(db, repositoryId);
  }
}
