import { type Logger, pino } from 'pino';

export type { Logger };

/** The log of a process: JSON lines on stderr. `level` as pino names it; `silent` in tests. */
export function createLogger(name: string, level: string): Logger {
  return pino(
    { name, level, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    pino.destination(2),
  );
}
