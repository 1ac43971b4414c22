import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react';
import { IconButton } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { actionsOfScreens, type PaletteAction } from './actions.ts';
import styles from './Palette.module.css';
import { search } from './search.ts';
import { useSources } from './sources.ts';

/** Everything one can go to and do, by a few letters. */
export default function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog open={open} onClose={onClose} title="Commands" placement="top" initialFocus={input}>
      <PaletteContent input={input} onClose={onClose} />
    </Dialog>
  );
}

function PaletteContent({
  input,
  onClose,
}: {
  input: RefObject<HTMLInputElement | null>;
  onClose: () => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [place, setPlace] = useState(0);
  const [offered] = useState(actionsOfScreens);
  const sourced = useSources(typed);
  const groups = search([...offered, ...sourced], typed);
  const shown = groups.flatMap((group) => group.actions);
  const chosen = shown[Math.min(place, shown.length - 1)];

  const run = (action: PaletteAction | undefined) => {
    if (action === undefined) return;
    onClose();
    action.run();
  };
  const move = (to: number) => {
    if (shown.length === 0) return;
    const next = (to + shown.length) % shown.length;
    setPlace(next);
    const option = document.getElementById(`${id}-${shown[next]?.id}`);
    option?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(place + 1),
      ArrowUp: () => move(place - 1),
      Enter: () => run(chosen),
    };
    const step = steps[event.key];
    if (step === undefined || event.nativeEvent.isComposing) return;
    event.preventDefault();
    step();
  };

  return (
    <>
      <div className={styles.line}>
        <Icon name="search" />
        <input
          ref={input}
          className={styles.input}
          role="combobox"
          aria-label="Go to or do"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen && `${id}-${chosen.id}`}
          aria-autocomplete="list"
          placeholder="An app, a deploy, a commit, an action…"
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setPlace(0);
          }}
          onKeyDown={onKeyDown}
        />
        <span className={styles.escape}>
          <Kbd keys="escape" />
        </span>
        <span className={styles.close}>
          <IconButton label="Close" onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        </span>
      </div>
      <div id={`${id}-list`} role="listbox" aria-label="Results" className={styles.list}>
        {groups.map(({ group, actions }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset.
          <div key={group} role="group" aria-label={group}>
            <p className={styles.group} aria-hidden="true">
              {group}
            </p>
            {actions.map((action) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus.
              // biome-ignore lint/a11y/useFocusableInteractive: as above.
              <div
                key={action.id}
                id={`${id}-${action.id}`}
                role="option"
                aria-selected={action === chosen}
                className={classes(styles.option, action === chosen && styles.chosen)}
                onPointerMove={() => action === chosen || setPlace(shown.indexOf(action))}
                onClick={() => run(action)}
              >
                <span className={styles.sign}>{action.icon && <Icon name={action.icon} />}</span>
                <span className={styles.label}>{action.label}</span>
                {action.hint && <span className={styles.hint}>{action.hint}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className={styles.none}>Nothing is called “{typed}”.</p>}
      <p role="status" className="visually-hidden">
        {shown.length === 1 ? '1 result' : `${shown.length} results`}
      </p>
    </>
  );
}
