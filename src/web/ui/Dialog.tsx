import { lazy, Suspense, useState } from 'react';
import type { DialogProps } from './DialogPopup.tsx';

export type { DialogProps } from './DialogPopup.tsx';

const DialogPopup = lazy(() => import('./DialogPopup.tsx'));

/**
 * Asks for something before all else goes on. Escape closes it, the focus stays in it and goes back to where it
 * was. What it is made of is loaded when the first one opens.
 */
export function Dialog(props: DialogProps) {
  const [wasOpen, setWasOpen] = useState(props.open);
  if (props.open && !wasOpen) setWasOpen(true);
  if (!wasOpen) return null;
  return (
    <Suspense>
      <DialogPopup {...props} />
    </Suspense>
  );
}
