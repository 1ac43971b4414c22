export { FormDialog, type FormDialogProps, type FormValues, valuesOf } from './FormDialog.tsx';
export { TypedConfirmation } from './TypedConfirmation.tsx';
export { type DialogAction, useDialogAction } from './useDialogAction.ts';
