import { lazy, Suspense, useState } from 'react';
import { usePaletteActions } from '../../app/palette/actions.ts';
import { useHasRole } from '../../app/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';

const DispatchDialog = lazy(() => import('./DispatchDialog.tsx'));

/** A button that asks which workflow to start, where, and with which inputs. */
export function StartWorkflow({ repository }: { repository?: string | undefined }) {
  const mayStart = useHasRole('member');
  const [openings, setOpenings] = useState(0);
  const [open, setOpen] = useState(false);
  const show = () => {
    setOpenings(openings + 1);
    setOpen(true);
  };
  usePaletteActions(() =>
    mayStart
      ? [
          {
            id: 'start-workflow',
            label: 'Start a workflow…',
            group: 'This page',
            icon: 'play',
            keywords: 'run dispatch by hand',
            run: show,
          },
        ]
      : [],
  );
  if (!mayStart) return null;
  return (
    <>
      <Button onClick={show}>
        <Icon name="play" /> Start a workflow…
      </Button>
      {openings > 0 && (
        <Suspense>
          <DispatchDialog key={openings} repository={repository} open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
