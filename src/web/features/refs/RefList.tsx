import { useEffect } from 'react';
import { Time } from '../../ui/Time.tsx';
import styles from './refs.module.css';
import type { Suggestion } from './suggestions.ts';

export interface RefListProps {
  readonly id: string;
  readonly open: boolean;
  readonly suggestions: readonly Suggestion[];
  /** The highlighted one; -1 while the field itself is. */
  readonly place: number;
  readonly onPlace: (place: number) => void;
  readonly onChoose: (suggestion: Suggestion) => void;
}

/** The suggestions below the field, under their headings. The keys are the field's, which keeps the focus. */
export function RefList({ id, open, suggestions, place, onPlace, onChoose }: RefListProps) {
  useEffect(() => {
    document.getElementById(`${id}-${place}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, place]);
  const groups = Map.groupBy(suggestions.entries(), ([, { group }]) => group);
  return (
    <div
      id={id}
      {...(suggestions.length === 0 ? { role: 'status' } : { role: 'listbox', 'aria-label': 'Suggestions' })}
      className={styles.list}
      hidden={!open}
      // The field would lose the focus, and confirm what was typed.
      onPointerDown={(event) => event.preventDefault()}
    >
      {[...groups].map(([group, items]) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset.
        <div key={group} role="group" aria-label={group}>
          <p className={styles.heading} aria-hidden="true">
            {group}
          </p>
          {items.map(([index, suggestion]) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
            // biome-ignore lint/a11y/useFocusableInteractive: as above.
            <div
              key={suggestion.value}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === place}
              className={styles.item}
              onPointerMove={() => index === place || onPlace(index)}
              onClick={() => onChoose(suggestion)}
            >
              <span className={styles.name}>{suggestion.value}</span>
              <span className={styles.about}>{suggestion.about}</span>
              {suggestion.at !== null && <Time at={suggestion.at} className={styles.at} />}
            </div>
          ))}
        </div>
      ))}
      {suggestions.length === 0 && (
        <p className={styles.none}>Nothing is named so. A sha may be typed too.</p>
      )}
    </div>
  );
}
