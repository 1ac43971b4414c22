import { type FormEvent, useState } from 'react';
import type { App } from '../../../contract/apps.ts';
import { deployKinds, deployStates } from '../../../contract/deploys.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Select, TextInput } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { stateWord } from '../../ui/StateMark.tsx';
import styles from './deploys.module.css';
import { type Filter, isFiltered } from './filter.ts';

const none: Omit<Filter, 'days'> = {
  app: undefined,
  environment: undefined,
  state: undefined,
  kind: undefined,
  who: undefined,
  text: undefined,
  since: undefined,
  until: undefined,
};

export interface FiltersProps {
  readonly filter: Filter;
  readonly apps: readonly App[];
  readonly onChange: (changes: Partial<Filter>) => void;
}

/** What of the history is shown. Each choice holds at once; what is typed, by Enter or when its field is left. */
export function Filters({ filter, apps, onChange }: FiltersProps) {
  const environments = new Set(
    apps
      .filter((app) => filter.app === undefined || app.name === filter.app)
      .flatMap((app) => app.environments.map(({ name }) => name)),
  );
  const [unfolded, unfold] = useState(false);
  return (
    <search className={classes(styles.filters, unfolded && styles.unfolded)}>
      <TypedFilter
        label="Title, ref, author or sha"
        value={filter.text}
        className={styles.wideFilter}
        onChange={(text) => onChange({ text })}
      />
      <Button className={styles.unfold} aria-expanded={unfolded} onClick={() => unfold(!unfolded)}>
        <Icon name="filter" /> {unfolded ? 'Fewer filters' : 'More filters'}
      </Button>
      <Chosen
        label="App"
        all="All apps"
        value={filter.app}
        options={apps.map(({ name }) => ({ value: name, label: name }))}
        onChange={(app) => onChange({ app, environment: undefined })}
      />
      <Chosen
        label="Environment"
        all="All environments"
        value={filter.environment}
        options={[...environments].map((name) => ({ value: name, label: name }))}
        onChange={(environment) => onChange({ environment })}
      />
      <Chosen
        label="State"
        all="Any state"
        value={filter.state}
        options={stateOptions}
        onChange={(state) => onChange({ state })}
      />
      <Chosen
        label="Kind"
        all="Any kind"
        value={filter.kind}
        options={kindOptions}
        onChange={(kind) => onChange({ kind: deployKinds.find((known) => known === kind) })}
      />
      <TypedFilter label="By" value={filter.who} onChange={(who) => onChange({ who })} />
      <TextInput
        label="From"
        type="date"
        value={filter.since ?? ''}
        max={filter.until}
        onChange={(event) => onChange({ since: event.target.value || undefined })}
      />
      <TextInput
        label="To"
        type="date"
        value={filter.until ?? ''}
        min={filter.since}
        onChange={(event) => onChange({ until: event.target.value || undefined })}
      />
      {isFiltered(filter) && (
        <Button tone="quiet" className={styles.clear} onClick={() => onChange(none)}>
          Clear the filters
        </Button>
      )}
    </search>
  );
}

const stateOptions = [
  { value: 'active', label: 'Active' },
  { value: 'done', label: 'Ended' },
  ...deployStates.map((state) => ({ value: state, label: stateWord(state) })),
];
const kindOptions = [
  { value: 'deploy', label: 'Deploys' },
  { value: 'redeploy', label: 'Re-deploys' },
  { value: 'rollback', label: 'Rollbacks' },
];

function Chosen({
  label,
  all,
  value,
  options,
  onChange,
}: {
  label: string;
  all: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
}) {
  // An address may name what is not there, or several states: it is shown as it is, not as if all were.
  const known = value === undefined || options.some((option) => option.value === value);
  return (
    <Select
      label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
      options={[
        { value: '', label: all },
        ...options,
        ...(known ? [] : [{ value: value ?? '', label: value ?? '' }]),
      ]}
    />
  );
}

function TypedFilter({
  label,
  value,
  className,
  onChange,
}: {
  label: string;
  value: string | undefined;
  className?: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const take = () => {
    const next = typed?.trim();
    setTyped(undefined);
    if (next !== undefined && next !== (value ?? '')) onChange(next || undefined);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    take();
  };
  return (
    <form className={className} onSubmit={submit}>
      <TextInput
        label={label}
        type="search"
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        value={typed ?? value ?? ''}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
      />
    </form>
  );
}
