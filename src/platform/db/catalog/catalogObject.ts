export type ObjectKind =
  | 'function'
  | 'sequence'
  | 'table'
  | 'column'
  | 'constraint'
  | 'sequence owner'
  | 'row'
  | 'sequence value'
  | 'index'
  | 'foreign key'
  | 'table options'
  | 'trigger'
  | 'comment';

/** One object of a schema, as PostgreSQL's catalog describes it. Names are written as in SQL: quoted where need be. */
export interface CatalogObject {
  kind: ObjectKind;
  /** `state`, `deploys_good`, `notify_event()`; of a row its key, of a comment what it is about. */
  name: string;
  /** The table that it belongs to; null for what stands alone. */
  table: string | null;
  /** What SQL says about it, without schema names. */
  definition: string;
}

/** `column deploys.state`, `index deploys_good`: what a person calls it, unique in a schema. */
export function labelOf({ kind, name, table }: CatalogObject): string {
  switch (kind) {
    case 'row':
      return `row ${table} ${name}`;
    case 'comment':
      return `comment on ${name}`;
    default:
      return table === null ? `${kind} ${name}` : `${kind} ${table}.${name}`;
  }
}
