import { lazy, type ReactNode, Suspense } from 'react';
import { Button, type ButtonProps } from './Button.tsx';
import { useOpening } from './useOpening.ts';

export interface PopoverProps extends Omit<ButtonProps, 'children' | 'content'> {
  /** What it shows, for who hears it. */
  readonly label: string;
  /** What the button shows. */
  readonly children: ReactNode;
  /** Drawn while it is open. */
  readonly content: () => ReactNode;
}

const PopoverPopup = lazy(() => import('./PopoverPopup.tsx'));

/** A button with more about what it stands at. What it opens is loaded when the first one opens. */
export function Popover({ label, children, content, ...button }: PopoverProps) {
  const { anchor, open, wasOpen, toggle } = useOpening();
  return (
    <>
      <Button
        aria-label={label}
        {...button}
        ref={anchor}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => toggle(!open)}
      >
        {children}
      </Button>
      {wasOpen && (
        <Suspense>
          <PopoverPopup label={label} content={content} anchor={anchor} open={open} onOpenChange={toggle} />
        </Suspense>
      )}
    </>
  );
}
