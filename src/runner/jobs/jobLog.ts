import type { LogWriter } from '../../platform/logfiles/index.ts';

/**
 * The log of a job, wherever it is kept. What `write` and `line` answer is waited for by who would write more: then
 * neither memory nor disk fills up.
 */
export type JobLog = Pick<LogWriter, 'write' | 'line' | 'flush' | 'close' | 'incomplete'>;
