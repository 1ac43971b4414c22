import { systemCode } from '../errors.ts';

/** Why a log could not be written, in words. */
export function explainWrite(error: unknown): string {
  switch (systemCode(error)) {
    case 'ENOSPC':
      return 'no space left on the disk of the log, make room there';
    case 'EDQUOT':
      return 'the disk quota of the log is used up';
    case 'EIO':
      return 'the disk of the log reports an input/output error';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
