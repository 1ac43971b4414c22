import { type ReactNode, useState } from 'react';
import { TextInput } from '../../ui/Field.tsx';
import { FormDialog, type FormDialogProps } from './FormDialog.tsx';

export interface TypedConfirmationProps
  extends Pick<FormDialogProps, 'open' | 'onClose' | 'title' | 'pending' | 'error'> {
  /** What has to be typed: the slug of what is taken away. */
  readonly word: string;
  readonly submitLabel: string;
  readonly pendingLabel?: string;
  readonly onConfirm: () => void;
  /** What it means. */
  readonly children: ReactNode;
}

/** Asks for the name of what is taken away for good: nobody types the wrong one by a slip. */
export function TypedConfirmation({ word, onConfirm, children, ...rest }: TypedConfirmationProps) {
  const [typed, setTyped] = useState('');
  // It is typed anew each time.
  if (!rest.open && typed !== '') setTyped('');
  return (
    <FormDialog {...rest} tone="danger" disabled={typed.trim() !== word} onSubmit={onConfirm}>
      {children}
      <TextInput
        label={
          <>
            Type <code>{word}</code> to confirm
          </>
        }
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </FormDialog>
  );
}
