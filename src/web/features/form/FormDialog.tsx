import { type FormEvent, type ReactNode, useId, useRef } from 'react';
import { Button, type Tone } from '../../ui/Button.tsx';
import { Dialog, type DialogProps } from '../../ui/Dialog.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import styles from './FormDialog.module.css';

export interface FormDialogProps
  extends Pick<DialogProps, 'open' | 'onClose' | 'title' | 'description' | 'size'> {
  /** The deed, as a verb: "Create the project". */
  readonly submitLabel: string;
  readonly pendingLabel?: string;
  readonly tone?: Extract<Tone, 'solid' | 'danger'>;
  /** It cannot be done as the form stands. */
  readonly disabled?: boolean;
  readonly pending: boolean;
  /** Of the last try; shown here, where it was taken. */
  readonly error: Error | null;
  /** Called with what the form says, once the browser finds it complete. */
  readonly onSubmit: (values: FormValues) => void;
  readonly children: ReactNode;
}

/** What a form says, by the names of its fields. */
export interface FormValues {
  /** Without white space around it; empty when there is no such field. */
  text(name: string): string;
  /** As it was typed: passwords and secrets. */
  exact(name: string): string;
  checked(name: string): boolean;
  all(name: string): string[];
}

/** Asks for a few values and does one thing with them. Its fields keep what they hold when that fails. */
export function FormDialog({
  open,
  onClose,
  title,
  description,
  size = 'narrow',
  submitLabel,
  pendingLabel = 'One moment…',
  tone = 'solid',
  disabled = false,
  pending,
  error,
  onSubmit,
  children,
}: FormDialogProps) {
  const id = useId();
  const first = useRef<HTMLElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!pending && !disabled) onSubmit(valuesOf(event.currentTarget));
  };
  return (
    <Dialog
      {...{ open, onClose, title, description, size }}
      initialFocus={first}
      footer={
        <>
          <Button type="submit" form={id} {...{ tone, pending, pendingLabel, disabled }}>
            {submitLabel}
          </Button>
          <Button onClick={onClose}>Not now</Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={submit}
        className={styles.form}
        ref={(form) => {
          first.current = form?.querySelector<HTMLElement>(fields) ?? null;
        }}
      >
        {children}
      </form>
      <ProblemNote error={error} />
    </Dialog>
  );
}

/** The first one that can be filled in has the focus at first, not the button that closes. */
const fields = 'input:not([type=hidden], :disabled), select:not(:disabled), textarea:not(:disabled)';

/** The values of a form as it stands. */
export function valuesOf(form: HTMLFormElement): FormValues {
  const data = new FormData(form);
  const exact = (name: string) => String(data.get(name) ?? '');
  return {
    text: (name) => exact(name).trim(),
    exact,
    checked: (name) => data.has(name),
    all: (name) => data.getAll(name).map(String),
  };
}
