import pg from 'pg';
import { AppError, systemCode } from '../../errors.ts';
import { openSession, type Session, type Target } from './session.ts';

/** Exist on every server, unless somebody dropped the first. */
const maintenanceDatabases = ['postgres', 'template1'] as const;

const noSuchDatabase = '3D000';
const duplicateDatabase = '42P04';
/** Of the index on database names: another creator committed at the same moment. */
const uniqueViolation = '23505';
const insufficientPrivilege = '42501';
/** Somebody is connected to the template; a server waits 5 s for that to end. */
const objectInUse = '55006';
const attemptsWhileInUse = 3;

/** How a database is made; what is not said is as the server has it. */
export interface DatabaseLike {
  readonly encoding?: 'UTF8';
}

/**
 * Connects to the database; when the server says that it does not exist, and for no other reason, creates it with
 * the same credentials. Of several creators at once one creates it, and the others find it.
 */
export async function connectOrCreate(
  target: Target,
  signal?: AbortSignal,
  like: DatabaseLike = {},
): Promise<{ session: Session; database: string; created: boolean }> {
  const database = databaseOf(target.connection);
  try {
    return { session: await openSession(target, signal), database, created: false };
  } catch (error) {
    if (codeOf(error) !== noSuchDatabase) throw error;
  }
  const created = await createDatabase(target, database, like, signal);
  return { session: await openSession(target, signal), database, created };
}

/** The name as node-postgres understands it, with what the environment adds. */
const databaseOf = (connection: pg.PoolConfig): string => new pg.Client(connection).database ?? '';

async function createDatabase(
  target: Target,
  database: string,
  like: DatabaseLike,
  signal?: AbortSignal,
): Promise<boolean> {
  const session = await openMaintenance(target, signal);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const code = await tryToCreate(session, database, like);
      if (code === undefined) return true;
      if (code === duplicateDatabase || code === uniqueViolation) return false;
      if (attempt === attemptsWhileInUse) throw templateInUse(database);
    }
  } finally {
    await session.close();
  }
}

async function openMaintenance(target: Target, signal?: AbortSignal): Promise<Session> {
  const [first, second] = maintenanceDatabases;
  try {
    return await openSession(inDatabase(target, first), signal);
  } catch (error) {
    if (codeOf(error) !== noSuchDatabase) throw error;
    return openSession(inDatabase(target, second), signal);
  }
}

/** Creates it; answers the code of what is in the way when waiting, or going on, is the answer to it. */
async function tryToCreate(
  { client }: Session,
  database: string,
  { encoding }: DatabaseLike,
): Promise<string | undefined> {
  // Only template0 may be copied into another encoding.
  const as = encoding === undefined ? '' : ` encoding '${encoding}' template template0`;
  try {
    await client.query(`create database ${pg.escapeIdentifier(database)}${as}`);
    return undefined;
  } catch (error) {
    const code = systemCode(error);
    if (code === insufficientPrivilege) throw mayNotCreate(database, client.user ?? '', error);
    if (code === duplicateDatabase || code === uniqueViolation || code === objectInUse) return code;
    throw error;
  }
}

/** The same server and credentials, another database. */
function inDatabase(target: Target, database: string): Target {
  const { connectionString } = target.connection;
  if (connectionString === undefined) return { ...target, connection: { ...target.connection, database } };
  const url = new URL(connectionString);
  url.pathname = `/${encodeURIComponent(database)}`;
  return { ...target, connection: { ...target.connection, connectionString: url.href } };
}

/** The server's code, also when the error was explained already. */
const codeOf = (error: unknown): string | undefined =>
  error instanceof AppError ? systemCode(error.cause) : systemCode(error);

function mayNotCreate(database: string, user: string, cause: unknown): AppError {
  const [quotedDatabase, quotedUser] = [pg.escapeIdentifier(database), pg.escapeIdentifier(user)];
  return new AppError(
    'forbidden',
    `there is no database ${database}, and user ${user} may not create one. As an administrator run: create database ${quotedDatabase} owner ${quotedUser}`,
    { database, user },
    { cause },
  );
}

const templateInUse = (database: string): AppError =>
  new AppError(
    'unavailable',
    `the database ${database} cannot be created while others are connected to template1. End those connections, and try again`,
  );
