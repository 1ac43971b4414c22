import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { IconButton } from './Button.tsx';
import { classes } from './classes.ts';
import styles from './Dialog.module.css';
import { Icon } from './Icon.tsx';

export interface DialogProps {
  readonly open: boolean;
  /** Escape, the backdrop or the close button. */
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** One sentence under the title. */
  readonly description?: ReactNode;
  /** The buttons, the main one first. */
  readonly footer?: ReactNode;
  readonly size?: 'narrow' | 'normal' | 'wide' | undefined;
  /** `top`: hangs from the top of the window, without a visible head; for the command palette. `side`: a drawer. */
  readonly placement?: 'center' | 'top' | 'side' | undefined;
  /** What has the focus at first; otherwise the first thing that can have it. */
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
  readonly children?: ReactNode;
}

/** What a Dialog is made of. */
export default function DialogPopup({
  open,
  onClose,
  title,
  description,
  footer,
  size = 'normal',
  placement = 'center',
  initialFocus,
  children,
}: DialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup
          className={classes(styles.popup, styles[size], styles[placement])}
          {...(initialFocus === undefined ? {} : { initialFocus })}
        >
          <header className={placement === 'top' ? 'visually-hidden' : styles.header}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            <Dialog.Close render={<IconButton label="Close" size="small" />}>
              <Icon name="close" />
            </Dialog.Close>
          </header>
          {description && (
            <Dialog.Description className={styles.description}>{description}</Dialog.Description>
          )}
          {children && <div className={placement === 'center' ? styles.body : styles.bare}>{children}</div>}
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
