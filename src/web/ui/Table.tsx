import type { Key, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Skeleton } from './Skeleton.tsx';
import styles from './Table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'end';
  /** The cell names the row: a header of it. */
  readonly rowHeader?: boolean;
  /** Takes the width that is left; its text is cut rather than wrapped. */
  readonly grow?: boolean;
  /** On a phone: left out, or on a line of its own. Otherwise it flows. */
  readonly narrow?: 'hide' | 'line';
}

export interface TableProps<Row> {
  /** What it lists, for who hears it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined while they are loading: lines stand where they will be. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => Key;
  /** What is shown when there are none: an EmptyState. */
  readonly empty?: ReactNode;
  /** How many rows are likely, so that nothing jumps. */
  readonly likelyRows?: number;
  /** A row that matters now is marked. */
  readonly isMarked?: (row: Row) => boolean;
}

/** Rows and columns; on a phone each row is a small sheet. */
export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
  empty,
  likelyRows = 6,
  isMarked,
}: TableProps<Row>) {
  if (rows?.length === 0 && empty !== undefined) return empty;
  return (
    <table className={styles.table} aria-label={label} aria-busy={rows === undefined || undefined}>
      <thead className={styles.head}>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={cellClass(column)}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows === undefined
          ? Array.from({ length: likelyRows }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same.
              <tr key={index} className={styles.row}>
                {columns.map((column) => (
                  <td key={column.key} className={cellClass(column)}>
                    <Skeleton width={column.grow ? '60%' : '4rem'} />
                  </td>
                ))}
              </tr>
            ))
          : rows.map((row) => (
              <tr key={rowKey(row)} className={classes(styles.row, isMarked?.(row) && styles.marked)}>
                {columns.map((column) => {
                  const Cell = column.rowHeader ? 'th' : 'td';
                  return (
                    <Cell
                      key={column.key}
                      className={cellClass(column)}
                      {...(column.rowHeader ? { scope: 'row' as const } : {})}
                    >
                      {column.cell(row)}
                    </Cell>
                  );
                })}
              </tr>
            ))}
      </tbody>
    </table>
  );
}

const cellClass = <Row,>({ align, grow, narrow }: Column<Row>) =>
  classes(
    styles.cell,
    align === 'end' && styles.end,
    grow && styles.grow,
    narrow === 'hide' && styles.hide,
    narrow === 'line' && styles.line,
  );
