import type { ValueKind } from '../../../../contract/workflowRules.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { Time } from '../../../ui/Time.tsx';
import facts from '../facts.module.css';
import { isOf, kinds, type ListedValue, ownerOf } from './kinds.ts';
import type { Scope } from './scope.ts';
import styles from './workflows.module.css';

interface ValueTableProps {
  readonly kind: ValueKind;
  readonly scope: Scope;
  readonly values: readonly ListedValue[] | undefined;
  /** Undefined for who may only look. */
  readonly changes: Changes | undefined;
}

interface Changes {
  readonly onReplace: (value: ListedValue) => void;
  readonly onDelete: (value: ListedValue) => void;
}

/** Secrets or variables, also those that are seen from wider levels; only its own can be changed here. */
export function ValueTable({ kind, scope, values, changes }: ValueTableProps) {
  const { title, empty, about, reference } = kinds[kind];
  const columns: readonly Column<ListedValue>[] = [
    {
      key: 'name',
      header: 'Name',
      rowHeader: true,
      narrow: 'line',
      ...(kind === 'secret' ? { grow: true } : {}),
      cell: ({ name }) => (
        <span className={styles.name}>
          <code className={facts.strong}>{name}</code>
          <CopyButton text={`\${{ ${reference}.${name} }}`} label={`Copy the reference to ${name}`} />
        </span>
      ),
    },
    ...(kind === 'variable' ? [valueColumn] : []),
    {
      key: 'of',
      header: 'Of',
      cell: (value) => (
        <>
          {ownerOf(value)} {value.overridden && <Badge>overridden</Badge>}
        </>
      ),
    },
    {
      key: 'updated',
      header: 'Set',
      cell: (value) => (
        <>
          <Time at={value.updated_at} /> <span className={facts.quiet}>by {value.updated_by}</span>
        </>
      ),
    },
    ...(changes === undefined ? [] : [actionsColumn(scope, changes)]),
  ];
  return (
    <Table
      label={title}
      columns={columns}
      rows={values}
      rowKey={({ name, level }) => `${level} ${name}`}
      likelyRows={2}
      empty={<EmptyState title={empty}>{changes !== undefined && about}</EmptyState>}
    />
  );
}

const valueColumn: Column<ListedValue> = {
  key: 'value',
  header: 'Value',
  grow: true,
  narrow: 'line',
  cell: ({ value }) => <code className={styles.value}>{value}</code>,
};

const actionsColumn = (scope: Scope, { onReplace, onDelete }: Changes): Column<ListedValue> => ({
  key: 'actions',
  header: <span className="visually-hidden">Actions</span>,
  align: 'end',
  cell: (value) =>
    isOf(scope, value) && (
      <span className={facts.actions}>
        <Button size="small" aria-label={`Replace ${value.name}`} onClick={() => onReplace(value)}>
          Replace
        </Button>
        <Button
          size="small"
          tone="danger"
          aria-label={`Delete ${value.name}`}
          onClick={() => onDelete(value)}
        >
          Delete
        </Button>
      </span>
    ),
});
