import { type FormEvent, useState } from 'react';
import { api } from '../../../contract/index.ts';
import type { WorkflowRun } from '../../../contract/runs.ts';
import { useApi } from '../../api/hooks.ts';
import type { RunFilter } from '../../app/paths.ts';
import { FilterBar, type Filters as FilterValues } from '../../features/filters/index.ts';
import { Select, TextInput } from '../../ui/Field.tsx';
import { outcomes } from './filter.ts';

interface FiltersProps {
  readonly filters: FilterValues<RunFilter>;
  /** What is shown offers its own workflows and events. */
  readonly runs: readonly WorkflowRun[];
}

/** What of the runs is shown. Choices hold at once; what is typed, by Enter or when its field is left. */
export function Filters({ filters, runs }: FiltersProps) {
  const { values, set } = filters;
  const repositories = useApi(api.listRepositories, {}).data?.items ?? [];
  const offered = (name: 'workflow' | 'event', all: string) => [
    { value: '', label: all },
    ...[...new Set([values[name], ...runs.map((run) => run[name])].filter((one) => one !== ''))]
      .sort()
      .map((one) => ({ value: one, label: one })),
  ];
  const repositoryNames = new Set([...repositories.map(({ name }) => name), values.repository]);
  repositoryNames.delete('');
  return (
    <FilterBar label="Filters" any={filters.any} onClear={filters.clear}>
      <Select
        label="State"
        value={values.conclusion || values.state}
        options={outcomes}
        onChange={(event) => {
          const { value } = event.target;
          set('state', value === 'open' ? value : '');
          set('conclusion', value === 'open' ? '' : value);
        }}
      />
      <Select
        label="Repository"
        value={values.repository}
        options={[
          { value: '', label: 'All repositories' },
          ...[...repositoryNames].map((name) => ({ value: name, label: name })),
        ]}
        onChange={(event) => set('repository', event.target.value)}
      />
      <Select
        label="Workflow"
        value={values.workflow}
        options={offered('workflow', 'All workflows')}
        onChange={(event) => set('workflow', event.target.value)}
      />
      <Select
        label="Event"
        value={values.event}
        options={offered('event', 'Any event')}
        onChange={(event) => set('event', event.target.value)}
      />
      <TypedFilter label="Branch" value={values.branch} onChange={(value) => set('branch', value)} />
      <TypedFilter label="By" value={values.actor} onChange={(value) => set('actor', value)} />
    </FilterBar>
  );
}

function TypedFilter({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const take = () => {
    const next = typed?.trim();
    setTyped(undefined);
    if (next !== undefined && next !== value) onChange(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    take();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={label}
        type="search"
        maxLength={200}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        value={typed ?? value}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
      />
    </form>
  );
}
