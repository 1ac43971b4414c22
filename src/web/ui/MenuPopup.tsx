import { Menu } from '@base-ui/react/menu';
import type { ReactNode, RefObject } from 'react';
import { classes } from './classes.ts';
import { Icon, type IconName } from './Icon.tsx';
import styles from './Menu.module.css';
import { exceptOn } from './useOpening.ts';

export type MenuEntry = MenuAction | 'separator' | { readonly heading: string };

export interface MenuAction {
  readonly label: ReactNode;
  readonly icon?: IconName;
  /** Quiet, at the end of the line: a shortcut, or why it cannot be done. */
  readonly hint?: ReactNode;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** For a choice among several: whether this is the one. */
  readonly checked?: boolean;
  readonly onSelect: () => void;
}

interface MenuPopupProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** What a Menu opens. */
export default function MenuPopup({ label, entries, anchor, open, onOpenChange }: MenuPopupProps) {
  return (
    <Menu.Root open={open} onOpenChange={exceptOn(anchor, onOpenChange)}>
      <Menu.Portal>
        <Menu.Positioner
          anchor={anchor}
          side="bottom"
          align="end"
          sideOffset={4}
          className={styles.positioner}
        >
          <Menu.Popup className={styles.popup} aria-label={label} finalFocus={anchor}>
            {entries.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place.
              <Entry key={index} entry={entry} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === 'separator') return <Menu.Separator className={styles.separator} />;
  if ('heading' in entry) return <div className={styles.heading}>{entry.heading}</div>;
  const content = (
    <>
      <span className={styles.sign}>{signOf(entry)}</span>
      <span>{entry.label}</span>
      {entry.hint && <span className={styles.hint}>{entry.hint}</span>}
    </>
  );
  const className = classes(styles.item, entry.danger && styles.danger);
  if (entry.checked === undefined)
    return (
      <Menu.Item className={className} disabled={entry.disabled ?? false} onClick={entry.onSelect}>
        {content}
      </Menu.Item>
    );
  return (
    <Menu.CheckboxItem
      className={className}
      checked={entry.checked}
      disabled={entry.disabled ?? false}
      onCheckedChange={entry.onSelect}
      closeOnClick
    >
      {content}
    </Menu.CheckboxItem>
  );
}

function signOf(entry: MenuAction) {
  if (entry.checked) return <Icon name="check" />;
  return entry.icon && <Icon name={entry.icon} />;
}
