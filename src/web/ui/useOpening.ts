import { type RefObject, useRef, useState } from 'react';

/** A button that opens something, which is loaded when it first does. */
export function useOpening() {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const toggle = (next: boolean) => {
    setOpen(next);
    if (next) setWasOpen(true);
  };
  return { anchor, open, wasOpen, toggle };
}

/** A press on the button is the button's: it closes, and must not open again at once. */
export const exceptOn =
  (anchor: RefObject<HTMLButtonElement | null>, onOpenChange: (open: boolean) => void) =>
  (next: boolean, { event }: { readonly event: Event }): void => {
    if (!next && event.target instanceof Node && anchor.current?.contains(event.target)) return;
    onOpenChange(next);
  };
