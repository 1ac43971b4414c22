import { Popover } from '@base-ui/react/popover';
import type { ReactNode, RefObject } from 'react';
import styles from './Popover.module.css';
import { exceptOn } from './useOpening.ts';

interface PopoverPopupProps {
  readonly label: string;
  readonly content: () => ReactNode;
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** What a Popover opens. */
export default function PopoverPopup({ label, content, anchor, open, onOpenChange }: PopoverPopupProps) {
  return (
    <Popover.Root open={open} onOpenChange={exceptOn(anchor, onOpenChange)}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={4}
          className={styles.positioner}
        >
          <Popover.Popup className={styles.popup} aria-label={label} finalFocus={anchor}>
            {open && content()}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
