import { Popover } from '@base-ui/react/popover';
import type { ReactNode, RefObject } from 'react';
import styles from './Popover.module.css';

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
    <Popover.Root
      open={open}
      onOpenChange={(next, { event }) => {
        // A press on the button is the button's: it closes, and must not open again at once.
        if (!next && event.target instanceof Node && anchor.current?.contains(event.target)) return;
        onOpenChange(next);
      }}
    >
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
