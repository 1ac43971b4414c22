/**
 * The roles of a table for elements that are none: a virtualizer places rows one by one, which the rows of a `table`
 * do not take.
 */
export const tableRoles = {
  /** -1 rows: nobody knows yet. */
  table: (label: string, rows: number) => ({ role: 'table', 'aria-label': label, 'aria-rowcount': rows }),
  rowgroup: { role: 'rowgroup' },
  /** The first row is 1. */
  row: (index: number, isCurrent = false) => ({
    role: 'row',
    'aria-rowindex': index,
    'aria-current': isCurrent || undefined,
  }),
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;
