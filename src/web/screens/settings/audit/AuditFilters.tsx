import { api } from '../../../../contract/index.ts';
import { useApi } from '../../../api/hooks.ts';
import { FilterBar, type Filters } from '../../../features/filters/index.ts';
import { Select, TextInput } from '../../../ui/Field.tsx';
import { actionKinds } from './describe.ts';

export const auditFilters = ['actor', 'action', 'subject', 'from', 'to'] as const;
export type AuditFilter = (typeof auditFilters)[number];

/** By whom, what, to what, and when. */
export function AuditFilters({ filters: { values, any, set, clear } }: { filters: Filters<AuditFilter> }) {
  const users = useApi(api.listUsers, {});
  const isOther = values.action !== '' && actionKinds.every(({ value }) => value !== values.action);
  return (
    <FilterBar label="Filter the audit log" any={any} onClear={clear}>
      <TextInput
        label="Who"
        list="audit-actors"
        autoCapitalize="none"
        spellCheck={false}
        autoComplete="off"
        value={values.actor}
        onChange={(event) => set('actor', event.target.value)}
      />
      <datalist id="audit-actors">
        {users.data?.items.map((user) => (
          <option key={user.username} value={user.username} />
        ))}
      </datalist>
      <Select
        label="What"
        value={values.action}
        onChange={(event) => set('action', event.target.value)}
        options={[
          { value: '', label: 'Everything' },
          ...actionKinds,
          ...(isOther ? [{ value: values.action, label: values.action }] : []),
        ]}
      />
      <TextInput
        label="To what"
        placeholder="harbor/production#12"
        autoCapitalize="none"
        spellCheck={false}
        autoComplete="off"
        value={values.subject}
        onChange={(event) => set('subject', event.target.value)}
      />
      <TextInput
        label="From"
        type="date"
        max={values.to || undefined}
        value={values.from}
        onChange={(event) => set('from', event.target.value)}
      />
      <TextInput
        label="To"
        type="date"
        min={values.from || undefined}
        value={values.to}
        onChange={(event) => set('to', event.target.value)}
      />
    </FilterBar>
  );
}
