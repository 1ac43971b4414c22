import type pg from 'pg';
import { AppError, systemCode } from '../errors.ts';

/** Where a connection leads, without its password. */
interface Target {
  address: string;
  database: string;
  user: string;
}

/**
 * Turns the failure of a first query into an `unavailable` that says what to do, and which `setting` says where
 * to connect. The password is in none of its parts. An error that is not about connecting comes back as it is.
 */
export function explainConnectionError(
  error: unknown,
  connection: pg.PoolConfig,
  setting = 'DATABASE_URL',
): unknown {
  const target = targetOf(connection);
  const message = explanationOf(error)?.({ ...target, setting });
  return message === undefined
    ? error
    : new AppError('unavailable', message, { ...target }, { cause: error });
}

function targetOf({ connectionString, host, port, database, user }: pg.PoolConfig): Target {
  if (connectionString === undefined || !URL.canParse(connectionString)) {
    return { address: `${host}:${port ?? 5432}`, database: database ?? '', user: user ?? '' };
  }
  const url = new URL(connectionString);
  return {
    address: url.searchParams.get('host') ?? `${url.hostname}:${url.port || 5432}`,
    database: decoded(url.pathname.slice(1)),
    user: decoded(url.username) || (process.env.PGUSER ?? process.env.USER ?? ''),
  };
}

/** As node-postgres reads it: a `%` that encodes nothing means itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

type Explain = (target: Target & { setting: string }) => string;

function explanationOf(error: unknown): Explain | undefined {
  const byCode = explanations[systemCode(error) ?? ''];
  if (byCode) return byCode;
  const text = error instanceof Error ? error.message : '';
  return byMessage.find(([pattern]) => pattern.test(text))?.[1];
}

const refused: Explain = ({ address, setting }) =>
  `no PostgreSQL answers at ${address}. Start it, or correct the host and port in ${setting}`;
const unknownHost: Explain = ({ address, setting }) =>
  `the host of ${address} cannot be found. Correct it in ${setting}, or check this machine's DNS`;
const unreachable: Explain = ({ address, setting }) =>
  `${address} does not answer in time. Check the host in ${setting}, and the network and firewalls in between`;
const wrongPassword: Explain = ({ address, user, setting }) =>
  `PostgreSQL at ${address} refuses the password of user ${user}. Correct it in ${setting} (special characters must be %-encoded)`;
const notAdmitted: Explain = ({ address, user, database }) =>
  `PostgreSQL at ${address} does not admit user ${user} to database ${database}. Create the role, or allow it in the server's pg_hba.conf`;
const noDatabase: Explain = ({ address, user, database }) =>
  `PostgreSQL at ${address} has no database ${database}. Create it: create database "${database}" owner "${user}"`;
const full: Explain = ({ address }) =>
  `PostgreSQL at ${address} has no free connection. Raise its max_connections, or end some of its clients`;
const noTls: Explain = ({ address, setting }) =>
  `PostgreSQL at ${address} does not speak TLS. Enable it there, or remove sslmode from ${setting}`;

const explanations: Record<string, Explain> = {
  ECONNREFUSED: refused,
  ECONNRESET: refused,
  ENOENT: refused,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  '28P01': wrongPassword,
  '28000': notAdmitted,
  '3D000': noDatabase,
  '42501': notAdmitted,
  '53300': full,
};

// What node-postgres says without a code.
const byMessage: [RegExp, Explain][] = [
  [/client password must be/, wrongPassword],
  [/timeout/i, unreachable],
  [/does not support SSL/, noTls],
];
