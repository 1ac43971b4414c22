import sql from 'sql-template-tag';
import type { Tx } from '../database.ts';

/** Slipway's schema as an oid: the one in which it makes its tables. */
export const ownSchema = sql`current_schema()::regnamespace`;

/**
 * Makes the answers of this transaction depend on the schema alone: its own objects are written without the
 * schema's name, values in one way whatever the server's settings are.
 */
export async function readAsWritten(tx: Tx): Promise<void> {
  await tx.run(sql`
    select set_config('search_path', quote_ident(current_schema()), true),
      set_config('standard_conforming_strings', 'on', true),
      set_config('timezone', 'UTC', true),
      set_config('datestyle', 'ISO, YMD', true),
      set_config('intervalstyle', 'postgres', true),
      set_config('bytea_output', 'hex', true),
      set_config('extra_float_digits', '1', true),
      set_config('quote_all_identifiers', 'off', true)`);
}
