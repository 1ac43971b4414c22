import { lazy, type ReactNode, Suspense } from 'react';
import { Button, type ButtonProps } from './Button.tsx';
import type { MenuEntry } from './MenuPopup.tsx';
import { useOpening } from './useOpening.ts';

export type { MenuAction, MenuEntry } from './MenuPopup.tsx';

export interface MenuProps extends Omit<ButtonProps, 'children'> {
  /** Of the menu, for who hears it. */
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** What the button shows. */
  readonly children: ReactNode;
}

const MenuPopup = lazy(() => import('./MenuPopup.tsx'));

/** A button with a list of actions. What the list is made of is loaded when the first one opens. */
export function Menu({ label, entries, children, ...button }: MenuProps) {
  const { anchor, open, wasOpen, toggle } = useOpening();
  return (
    <>
      <Button
        aria-label={label}
        {...button}
        ref={anchor}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => toggle(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          toggle(true);
        }}
      >
        {children}
      </Button>
      {wasOpen && (
        <Suspense>
          <MenuPopup label={label} entries={entries} anchor={anchor} open={open} onOpenChange={toggle} />
        </Suspense>
      )}
    </>
  );
}
