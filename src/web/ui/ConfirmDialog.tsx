import { type ReactNode, useRef } from 'react';
import { Button, type Tone } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { ProblemNote } from './ProblemNote.tsx';

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** The question: "Cancel harbor/staging#12?" */
  readonly title: ReactNode;
  /** What it means: what happens, and what does not. */
  readonly children?: ReactNode;
  /** The deed, as a verb: "Cancel the deploy". */
  readonly confirmLabel: string;
  readonly pendingLabel?: string;
  readonly tone?: Extract<Tone, 'solid' | 'danger'>;
  /** What leaves everything as it is. */
  readonly keepLabel?: string;
  readonly onConfirm: () => void;
  readonly pending?: boolean;
  /** Of the last try; shown here, where it was taken. */
  readonly error?: Error | null;
  /** The deed cannot be done yet: a reason is missing, say. */
  readonly disabled?: boolean;
}

/** Asks once more, saying what it means. The one who only presses Enter changes nothing that hurts. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  children,
  confirmLabel,
  pendingLabel = 'One moment…',
  tone = 'solid',
  keepLabel = 'Not now',
  onConfirm,
  pending = false,
  error,
  disabled = false,
}: ConfirmDialogProps) {
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      size="narrow"
      initialFocus={tone === 'danger' ? keep : undefined}
      footer={
        <>
          <Button
            tone={tone}
            pending={pending}
            pendingLabel={pendingLabel}
            disabled={disabled}
            onClick={onConfirm}
          >
            {confirmLabel}
          </Button>
          <Button ref={keep} onClick={onClose}>
            {keepLabel}
          </Button>
        </>
      }
    >
      {children}
      <ProblemNote error={error} />
    </Dialog>
  );
}
