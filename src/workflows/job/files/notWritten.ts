import { AppError, systemCode } from '../../../platform/errors.ts';

/** What of a job could not be written, in words; null when the error is none of the file system. */
export function notWritten(error: unknown): AppError | null {
  const code = error instanceof AppError ? undefined : systemCode(error);
  if (code === undefined || !(error instanceof Error)) return null;
  const why = words[code] ?? error.message;
  return new AppError('unavailable', `what the job needs could not be written: ${why}`, {}, { cause: error });
}

const full = 'no space is left on the disk of its directories';
const words: Readonly<Record<string, string>> = {
  ENOSPC: full,
  EDQUOT: `${full} (a quota is used up)`,
};
