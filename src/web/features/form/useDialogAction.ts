import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallInput, CallOutput } from '../../../contract/endpoint.ts';
import { useAction } from '../../api/hooks.ts';
import type { AnyEndpoint } from '../../api/queryKey.ts';

/** An action that a dialog asks for. */
export interface DialogAction<E extends AnyEndpoint> {
  /** For the dialog. */
  readonly dialog: {
    readonly open: boolean;
    readonly onClose: () => void;
    readonly pending: boolean;
    readonly error: Error | null;
  };
  show(): void;
  run(input: CallInput<E>): void;
  readonly action: UseMutationResult<CallOutput<E>, Error, CallInput<E>>;
}

/** Opens without the error of the last time, and closes when the action is done. */
export function useDialogAction<E extends AnyEndpoint>(
  endpoint: E,
  onDone?: (answer: CallOutput<E>, input: CallInput<E>) => void,
): DialogAction<E> {
  const [open, setOpen] = useState(false);
  const action = useAction(endpoint, {
    onSuccess: (answer, input) => {
      setOpen(false);
      onDone?.(answer, input);
    },
  });
  return {
    dialog: { open, onClose: () => setOpen(false), pending: action.isPending, error: action.error },
    show: () => {
      action.reset();
      setOpen(true);
    },
    run: (input) => action.mutate(input),
    action,
  };
}
