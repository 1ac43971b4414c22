import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { systemCode } from '../errors.ts';

/**
 * What a store needs: run a `sql` template and read its rows. Both the pool and a transaction are one,
 * so a use case decides what is atomic and its stores need not know.
 */
export interface Queryable {
  /** All rows. */
  many<Row extends object>(query: Sql): Promise<Row[]>;
  /** The only row, or undefined when there is none. */
  maybe<Row extends object>(query: Sql): Promise<Row | undefined>;
  /** The only row. Throws when there is none: the query promised one. */
  one<Row extends object>(query: Sql): Promise<Row>;
  /** Runs a statement; answers how many rows it touched. */
  run(query: Sql): Promise<number>;
}

/** A transaction in progress. Branded, so that a function can demand one and not merely a pool. */
export interface Tx extends Queryable {
  readonly [inTransaction]: true;
}
declare const inTransaction: unique symbol;

export interface TransactionOptions {
  /** All its statements see the database as it is at the first: for what is read in several, without a lock. */
  readonly atOneMoment?: boolean;
}

/** The database: a pool of connections. */
export interface Db extends Queryable {
  /**
   * Runs `work` in one transaction: committed when it returns, rolled back when it throws. When PostgreSQL
   * ends it to break a deadlock, it is run again: what `work` does beside the database must bear that.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

// int8 as number: ids and byte counts stay far below 2^53. Timestamps stay Date.
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === 20 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** A pool that is used up, or a server that does not answer, is told; nothing waits for ever. */
const connectionTimeoutMillis = 15_000;

/** Opens a pool on `connection`. No connection is made before the first query. */
export function openDatabase(connection: pg.PoolConfig, maxConnections = 10): Db {
  const pool = new pg.Pool({ connectionTimeoutMillis, ...connection, max: maxConnections, types });
  // An idle connection that breaks (server restart) is replaced by the pool; the error needs no one's attention.
  pool.on('error', () => {});
  return {
    pool,
    ...queryable((query) => pool.query(query)),
    transaction: (work, options) => withoutDeadlocks(() => runTransaction(pool, work, options)),
    close: () => pool.end(),
  };
}

const deadlockDetected = '40P01';
const attempts = 6;
const longestPauseMs = 50;

async function withoutDeadlocks<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (systemCode(error) !== deadlockDetected || attempt === attempts) throw error;
      // At once it might take the lock that was just let go for the other, who still wakes up: the same deadlock.
      await delay(Math.random() * longestPauseMs * attempt);
    }
  }
}

// Whoever stops in the middle of a transaction, by SIGSTOP or a dead network, must not hold its locks for long.
const patience = "set local idle_in_transaction_session_timeout = '20s'";

async function runTransaction<T>(
  pool: pg.Pool,
  work: (tx: Tx) => Promise<T>,
  { atOneMoment = false }: TransactionOptions = {},
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  let connectionError: Error | undefined;
  // A connection can break between two statements. Unheard, that event would end the process; the next
  // statement fails with it anyway.
  const onBreak = (error: Error) => {
    broken = error;
    connectionError = error;
  };
  client.on('error', onBreak);
  try {
    await client.query(`begin${atOneMoment ? ' isolation level repeatable read' : ''}; ${patience}`);
    const result = await work(queryable((query) => client.query(query)) as Tx);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    // The statement that met a broken connection does not say so; the connection does.
    throw connectionError ?? error;
  } finally {
    client.off('error', onBreak);
    client.release(broken);
  }
}

function queryable(execute: (query: Sql) => Promise<pg.QueryResult>): Queryable {
  const maybe = async <Row extends object>(query: Sql) => (await execute(query)).rows[0] as Row | undefined;
  return {
    many: async <Row extends object>(query: Sql) => (await execute(query)).rows as Row[],
    maybe,
    one: async <Row extends object>(query: Sql) => {
      const row = await maybe<Row>(query);
      if (row === undefined) throw new Error(`query returned no row: ${query.sql}`);
      return row;
    },
    run: async (query) => (await execute(query)).rowCount ?? 0,
  };
}
