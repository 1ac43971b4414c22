import { AppError } from '../errors.ts';

/** The id that a keyset cursor stands for, or undefined for the first page. */
export function idFromCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(cursor)) {
    throw new AppError('invalid_input', 'query.cursor: use `next_cursor` of the page before');
  }
  return Number(cursor);
}

/** A page of rows that were selected newest first with one more than `limit`, to know whether there is a next. */
export function pageById<Row extends { id: number }, Item>(
  rows: Row[],
  limit: number,
  present: (row: Row) => Item,
): { items: Item[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(present),
    next_cursor: rows.length > limit && last ? String(last.id) : null,
  };
}
