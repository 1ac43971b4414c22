import { lazy, Suspense, useEffect, useState } from 'react';

const load = () => import('./Palette.tsx');
const Palette = lazy(load);

/** The palette, loaded when somebody is about to open it: they have pressed the first of its two keys. */
export function LazyPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [wasOpen, setWasOpen] = useState(open);
  if (open && !wasOpen) setWasOpen(true);
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Control' || key === 'Meta') void load();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  if (!wasOpen) return null;
  return (
    <Suspense>
      <Palette open={open} onClose={onClose} />
    </Suspense>
  );
}
