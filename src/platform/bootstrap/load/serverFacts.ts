import type pg from 'pg';

/** What this server knows, has, and lets this user do. */
export interface ServerFacts {
  readonly version: string;
  /** In lower case. */
  readonly parameters: ReadonlySet<string>;
  readonly extensions: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
  readonly schemas: ReadonlySet<string>;
  /** Installed already, and not this user's. */
  readonly extensionsOfOthers: ReadonlySet<string>;
  readonly schemasOfOthers: ReadonlySet<string>;
}

type Row = { readonly [fact in keyof ServerFacts]: ServerFacts[fact] extends string ? string : string[] };

export async function readServerFacts(client: pg.Client): Promise<ServerFacts> {
  const { rows } = await client.query<Row>(facts);
  const [row] = rows;
  if (row === undefined) throw new Error('the server said nothing about itself');
  return {
    version: row.version,
    parameters: new Set([...row.parameters.map((name) => name.toLowerCase()), ...unlistedParameters]),
    extensions: new Set(row.extensions),
    roles: new Set(row.roles),
    schemas: new Set(row.schemas),
    extensionsOfOthers: new Set(row.extensionsOfOthers),
    schemasOfOthers: new Set(row.schemasOfOthers),
  };
}

/** Every supported server takes them, though pg_settings does not list them. */
const unlistedParameters = ['default_with_oids', 'role', 'session_authorization', 'is_superuser'];

const facts = `
  select current_setting('server_version') as version,
    array(select name from pg_catalog.pg_settings) as parameters,
    array(select name::text from pg_catalog.pg_available_extensions) as extensions,
    array(select rolname::text from pg_catalog.pg_roles) as roles,
    array(select nspname::text from pg_catalog.pg_namespace) as schemas,
    array(
      select extname::text from pg_catalog.pg_extension where not pg_has_role(extowner, 'usage')
    ) as "extensionsOfOthers",
    array(
      select nspname::text from pg_catalog.pg_namespace where not pg_has_role(nspowner, 'usage')
    ) as "schemasOfOthers"`;
