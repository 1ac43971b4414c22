import { type KeyboardEvent, useId, useState } from 'react';
import { classes } from '../../ui/classes.ts';
import { Field, type FieldProps } from '../../ui/Field.tsx';
import { RefList } from './RefList.tsx';
import styles from './refs.module.css';
import type { SuggestionSources } from './suggestions.ts';
import { useSuggestions } from './useSuggestions.ts';

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
export function RefField(props: RefFieldProps) {
  const { repository, value, onChange, placeholder, special = [], withCommits = false } = props;
  const { label, hint, problem, labelHidden, className } = props;
  const list = useId();
  const [draft, setDraft] = useState({ of: value, text: value });
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState(-1);
  // What is chosen elsewhere replaces what was typed here.
  const text = draft.of === value ? draft.text : value;
  // As it stands it is no search: one wants to see what else there is.
  const typed = text === value ? '' : text;
  const suggestions = useSuggestions({ repository, typed, special, withCommits, enabled: open });
  const highlighted = suggestions[place];

  const show = (wanted: boolean) => {
    setOpen(wanted);
    setPlace(-1);
  };
  const confirm = (ref: string) => {
    const wanted = ref.trim() || value;
    setDraft({ of: value, text: wanted });
    show(false);
    if (wanted !== value) onChange(wanted);
  };
  const move = (step: number) => {
    if (!open) return show(true);
    const count = suggestions.length + 1;
    // One place is the field itself, before the first and after the last.
    setPlace(((place + 1 + step + count) % count) - 1);
    return undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => confirm(highlighted?.value ?? text),
      ...(open ? { Escape: () => show(false) } : {}),
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    step();
  };
  return (
    <div className={classes(styles.field, className)}>
      <Field {...{ label, hint, problem, labelHidden }}>
        {(control) => (
          <input
            {...control}
            className={styles.input}
            role="combobox"
            aria-expanded={open}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={highlighted && `${list}-${place}`}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={placeholder}
            value={text}
            onChange={(event) => {
              setDraft({ of: value, text: event.target.value });
              show(true);
            }}
            onKeyDown={onKeyDown}
            onClick={() => show(true)}
            onFocus={(event) => event.currentTarget.select()}
            onBlur={() => confirm(text)}
          />
        )}
      </Field>
      <RefList
        id={list}
        open={open}
        suggestions={suggestions}
        place={place}
        onPlace={setPlace}
        onChoose={(suggestion) => confirm(suggestion.value)}
      />
    </div>
  );
}
