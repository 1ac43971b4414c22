import type pg from 'pg';

/** Any numbers that nothing else in a database uses: for a whole bootstrap, and for its load. */
const lockClass = 0x51_1b;
const lockOf = { bootstrap: 1, load: 2 } as const;

/**
 * Takes the lock of this database in the transaction that `client` is in, and keeps it until that ends: so it holds
 * behind a connection pooler too, and is gone with whoever is killed. Calls `onWait` when another has it.
 */
export async function holdLock(
  client: pg.Client,
  which: keyof typeof lockOf,
  onWait: () => void = () => {},
): Promise<void> {
  const key = [lockClass, lockOf[which]];
  const { rows } = await client.query<{ held: boolean }>(
    'select pg_try_advisory_xact_lock($1, $2) as held',
    key,
  );
  if (rows[0]?.held) return;
  onWait();
  await client.query('select pg_advisory_xact_lock($1, $2)', key);
}

/**
 * Begins a transaction that no timeout of the server ends, and that ends soon when this process is killed: without
 * the last setting a server notices it only when its statement is done.
 */
export async function beginPatiently(client: pg.Client): Promise<void> {
  await client.query('begin isolation level read committed read write');
  await client.query(patience);
}

const patience = `
  select set_config(wanted.name, wanted.value, true)
  from (values
    ('statement_timeout', '0'),
    ('lock_timeout', '0'),
    ('idle_in_transaction_session_timeout', '0'),
    ('transaction_timeout', '0'),
    ('standard_conforming_strings', 'on'),
    ('client_connection_check_interval', '1s')
  ) wanted (name, value)
  where exists (select from pg_catalog.pg_settings known where known.name = wanted.name)
    and (wanted.name <> 'client_connection_check_interval' or version() ~ 'linux')`;
