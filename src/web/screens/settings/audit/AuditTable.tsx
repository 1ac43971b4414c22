import type { ReactNode } from 'react';
import type { AuditEntry } from '../../../../contract/accounts.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { Time } from '../../../ui/Time.tsx';
import type { AuditFilter } from './AuditFilters.tsx';
import styles from './audit.module.css';
import { describeDetails } from './describe.ts';

export interface AuditTableProps {
  readonly entries: readonly AuditEntry[] | undefined;
  readonly onFilter: (filter: AuditFilter, value: string) => void;
  readonly empty: ReactNode;
}

/** Entries of the audit log; who, what and to what filter by themselves when they are pressed. */
export function AuditTable({ entries, onFilter, empty }: AuditTableProps) {
  const by = (filter: AuditFilter, value: string) => (
    <button
      type="button"
      className={styles.filter}
      data-tip={`Only ${value}`}
      onClick={() => onFilter(filter, value)}
    >
      {value}
    </button>
  );
  const columns: readonly Column<AuditEntry>[] = [
    { key: 'at', header: 'When', cell: (entry) => <Time at={entry.at} className={styles.quiet} /> },
    {
      key: 'actor',
      header: 'Who',
      cell: (entry) => (
        <span data-tip={entry.ip === null ? undefined : `from ${entry.ip}`}>
          {by('actor', entry.actor)} {entry.actor_kind !== 'user' && <Badge>{entry.actor_kind}</Badge>}
        </span>
      ),
    },
    { key: 'action', header: 'What', rowHeader: true, cell: (entry) => by('action', entry.action) },
    { key: 'subject', header: 'To what', cell: (entry) => by('subject', entry.subject) },
    {
      key: 'details',
      header: 'Details',
      grow: true,
      narrow: 'line',
      cell: (entry) => <Details entry={entry} />,
    },
  ];
  return (
    <Table
      label="Audit log"
      columns={columns}
      rows={entries}
      rowKey={(entry) => entry.id}
      likelyRows={12}
      empty={empty}
    />
  );
}

/** What fits into the narrowest column. */
const shortest = 18;

/** A long one is cut, and opens. */
function Details({ entry: { details, ip } }: { entry: AuditEntry }) {
  const line = describeDetails(details);
  const from = ip === null ? '' : `from ${ip}`;
  if (line === '') return <span className={styles.quiet}>{from}</span>;
  if (line.length <= shortest) return <span className={styles.quiet}>{line}</span>;
  return (
    <details className={styles.details}>
      <summary>{line}</summary>
      <p>{line}</p>
      {from && <p>{from}</p>}
    </details>
  );
}
