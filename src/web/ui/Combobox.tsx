import { Autocomplete } from '@base-ui/react/autocomplete';
import type { ReactNode } from 'react';
import styles from './Combobox.module.css';
import fieldStyles from './Field.module.css';
import { Field, type FieldProps } from './Field.tsx';

export interface Suggestion {
  /** What stands in the field when it is chosen. */
  readonly value: string;
  /** More about it, quiet, at the end of the line. */
  readonly detail?: ReactNode;
}

export interface ComboboxProps extends FieldProps {
  readonly value: string;
  /** With each character, and when a suggestion is chosen. */
  readonly onChange: (value: string) => void;
  /** For the text as it is: the caller filters, since it may be the server that does. */
  readonly suggestions: readonly Suggestion[];
  readonly placeholder?: string;
  readonly required?: boolean;
}

/** A line of text with suggestions; anything else may be typed too. */
export function Combobox({
  value,
  onChange,
  suggestions,
  placeholder,
  required = false,
  ...field
}: ComboboxProps) {
  return (
    <Field {...field}>
      {(control) => (
        <Autocomplete.Root
          items={suggestions}
          mode="none"
          value={value}
          onValueChange={(next) => onChange(next)}
          itemToStringValue={(item: Suggestion) => item.value}
          openOnInputClick
        >
          <Autocomplete.Input
            {...control}
            className={fieldStyles.control ?? ''}
            placeholder={placeholder}
            required={required}
            spellCheck={false}
            autoCapitalize="none"
          />
          <Autocomplete.Portal hidden={suggestions.length === 0}>
            <Autocomplete.Positioner className={styles.positioner} sideOffset={4} align="start">
              <Autocomplete.Popup className={styles.popup}>
                <Autocomplete.List>
                  {(item: Suggestion) => (
                    <Autocomplete.Item key={item.value} value={item} className={styles.item}>
                      <span className={styles.value}>{item.value}</span>
                      {item.detail && <span className={styles.detail}>{item.detail}</span>}
                    </Autocomplete.Item>
                  )}
                </Autocomplete.List>
              </Autocomplete.Popup>
            </Autocomplete.Positioner>
          </Autocomplete.Portal>
        </Autocomplete.Root>
      )}
    </Field>
  );
}
