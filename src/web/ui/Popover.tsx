import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { Button, type ButtonProps } from './Button.tsx';

export interface PopoverProps extends Omit<ButtonProps, 'children'> {
  /** Of what opens, for who hears it. */
  readonly label: string;
  /** What the button shows. */
  readonly trigger: ReactNode;
  /** What opens; it may close itself. */
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

const PopoverPopup = lazy(() => import('./PopoverPopup.tsx'));

/** A button that opens a small sheet beside it: details, a filter. */
export function Popover({ label, trigger, children, ...button }: PopoverProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const toggle = (next: boolean) => {
    setOpen(next);
    if (next) setWasOpen(true);
  };
  return (
    <>
      <Button
        {...button}
        ref={anchor}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => toggle(!open)}
      >
        {trigger}
      </Button>
      {wasOpen && (
        <Suspense>
          <PopoverPopup label={label} anchor={anchor} open={open} onOpenChange={toggle}>
            {typeof children === 'function' ? children(() => toggle(false)) : children}
          </PopoverPopup>
        </Suspense>
      )}
    </>
  );
}
