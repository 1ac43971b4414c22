import { createEmptyTestDatabase, type TestDatabase } from './database.ts';

/** Runs `work` on a database without any table, which is dropped afterwards. */
export async function withEmptyDatabase<T>(work: (database: TestDatabase) => Promise<T>): Promise<T> {
  const database = await createEmptyTestDatabase();
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}
