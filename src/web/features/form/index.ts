export { FormDialog, type FormDialogProps, type FormValues, valuesOf } from './FormDialog.tsx';
export { problemAt } from './problemAt.ts';
export { TypedConfirmation } from './TypedConfirmation.tsx';
export { type DialogAction, useDialogAction } from './useDialogAction.ts';
