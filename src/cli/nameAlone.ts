import { AppError } from '../platform/errors.ts';

/** Throws for `NAME=VALUE`, as other tools take it: the name stands alone, and `advise` says where the value goes. */
export function assertNameAlone(text: string, advise: (name: string) => string): void {
  const at = text.indexOf('=');
  if (at < 0) return;
  const name = text.slice(0, at) || 'NAME';
  throw new AppError('invalid_input', `the name stands alone: ${advise(name)}`);
}
