import { Autocomplete } from '@base-ui/react/autocomplete';
import { type KeyboardEvent, useDeferredValue, useState } from 'react';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { Field, type FieldProps } from '../../ui/Field.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './refs.module.css';
import { type Suggestion, type SuggestionSources, suggestionsFor } from './suggestions.ts';

export interface RefFieldProps extends FieldProps {
  readonly repository: string;
  /** The ref that was chosen. */
  readonly value: string;
  /** A suggestion was taken, or what was typed confirmed by Enter or by leaving the field. */
  readonly onChange: (ref: string) => void;
  readonly placeholder?: string | undefined;
  /** What `:current` and `:previous` mean here; none where nothing is shipped. */
  readonly special?: SuggestionSources['special'];
  /** Offers recent commits too. */
  readonly withCommits?: boolean;
  readonly className?: string | undefined;
}

/** A branch, a tag, a sha or a special name, with suggestions from the repository as one types. */
export function RefField({
  repository,
  value,
  onChange,
  placeholder,
  special = [],
  withCommits = false,
  ...field
}: RefFieldProps) {
  const [draft, setDraft] = useState<{ of: string; text: string }>({ of: value, text: value });
  const [highlighted, setHighlighted] = useState(false);
  // What is chosen elsewhere replaces what was typed here.
  const text = draft.of === value ? draft.text : value;
  const type = (next: string) => setDraft({ of: value, text: next });
  const groups = useSuggestions(repository, text === value ? '' : text, special, withCommits);

  const confirm = (ref: string) => {
    const wanted = ref.trim();
    if (wanted === '') return type(value);
    type(wanted);
    if (wanted !== value) onChange(wanted);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || highlighted) return;
    event.preventDefault();
    confirm(text);
  };
  return (
    <Autocomplete.Root
      items={groups}
      filter={null}
      value={text}
      openOnInputClick
      itemToStringValue={(item: Suggestion) => item.value}
      onItemHighlighted={(item) => setHighlighted(item !== undefined)}
      onValueChange={(next, { reason }) => {
        type(next);
        if (reason === 'item-press') confirm(next);
      }}
    >
      <Field {...field}>
        {(control) => (
          <Autocomplete.Input
            {...control}
            className={styles.input}
            placeholder={placeholder}
            autoCapitalize="none"
            spellCheck={false}
            onKeyDown={onKeyDown}
            onFocus={(event) => event.currentTarget.select()}
            onBlur={() => confirm(text)}
          />
        )}
      </Field>
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={styles.positioner} sideOffset={4} align="start">
          <Autocomplete.Popup className={styles.popup}>
            <Autocomplete.Empty className={styles.empty}>
              Nothing is named so. A full or short sha may be typed too.
            </Autocomplete.Empty>
            <Autocomplete.List className={styles.list}>
              {(group: SuggestionGroup) => <Group key={group.value} group={group} />}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}

interface SuggestionGroup {
  readonly value: Suggestion['group'];
  readonly items: readonly Suggestion[];
}

function useSuggestions(
  repository: string,
  typed: string,
  special: SuggestionSources['special'],
  withCommits: boolean,
): SuggestionGroup[] {
  const search = useDeferredValue(typed.trim());
  const params = { repository };
  const refs = useApi(
    api.listRefs,
    { params, query: { limit: 60, ...(search === '' ? {} : { search: search.slice(0, 200) }) } },
    { keepPrevious: true },
  );
  const commits = useApi(api.listCommits, { params, query: { limit: 100 } }, { enabled: withCommits });
  const suggestions = suggestionsFor(typed, {
    refs: refs.data?.items ?? [],
    commits: commits.data?.items ?? [],
    special,
  });
  const groups = Map.groupBy(suggestions, ({ group }) => group);
  return [...groups].map(([value, items]) => ({ value, items }));
}

function Group({ group }: { group: SuggestionGroup }) {
  return (
    <Autocomplete.Group items={group.items} className={styles.group}>
      <Autocomplete.GroupLabel className={styles.heading}>{group.value}</Autocomplete.GroupLabel>
      <Autocomplete.Collection>
        {(item: Suggestion) => (
          <Autocomplete.Item key={item.value} value={item} className={styles.item}>
            <span className={styles.name}>{item.value}</span>
            <span className={styles.about}>{item.about}</span>
            {item.at !== null && <Time at={item.at} className={styles.at} />}
          </Autocomplete.Item>
        )}
      </Autocomplete.Collection>
    </Autocomplete.Group>
  );
}
