import type { Queryable } from '../../platform/db/database.ts';
import { deleteAnnouncements, insertAnnouncement } from './store.ts';

const longestRefBytes = 1000;
const keptMs = 86_400_000;

/** Says who pushed what, so that whoever finds it in git can name them. Nothing starts because of it: git tells what is true. */
export async function announcePush(
  db: Queryable,
  now: Date,
  push: { repositoryId: number; ref: string; sha: string; actor: string },
): Promise<void> {
  // The name is part of an index; one so long is found without a name.
  if (Buffer.byteLength(push.ref) > longestRefBytes) return;
  await insertAnnouncement(db, now, push);
}

/** Announcements that nobody needs any more. */
export const forgetAnnouncements = (db: Queryable, now: Date): Promise<void> =>
  deleteAnnouncements(db, new Date(now.getTime() - keptMs));
