import { exitCodes } from './exitCodes.ts';

/** What Ctrl-C does. */
export interface Interrupts {
  /** Runs `work`; the first Ctrl-C during it calls `onInterrupt` instead of ending the program. */
  during<T>(onInterrupt: () => void, work: () => Promise<T>): Promise<T>;
  /**
   * Runs `work`, which ends by itself when it is asked to: the first two of Ctrl-C, TERM and HUP during it call
   * `onInterrupt` with how many there were; a third ends the program.
   */
  duringWork<T>(onInterrupt: (times: 1 | 2) => void, work: () => Promise<T>): Promise<T>;
}

/** As somebody who presses Ctrl-C, a service manager, and a terminal that is closed send them. */
const requests = ['SIGTERM', 'SIGHUP'] as const;

/** Takes over Ctrl-C: it ends the program with 130, also when a handler was asked already and is still busy. */
export function catchInterrupts(process: NodeJS.Process): Interrupts {
  let handler: (() => void) | undefined;
  process.on('SIGINT', () => {
    const current = handler;
    handler = undefined;
    if (current === undefined) process.exit(exitCodes.interrupted);
    current();
  });
  return {
    async during(onInterrupt, work) {
      handler = onInterrupt;
      try {
        return await work();
      } finally {
        handler = undefined;
      }
    },
    async duringWork(onInterrupt, work) {
      const second = () => onInterrupt(2);
      const first = () => {
        handler = second;
        onInterrupt(1);
      };
      const request = () => {
        const current = handler;
        handler = undefined;
        if (current === undefined) process.exit(exitCodes.interrupted);
        current();
      };
      handler = first;
      for (const signal of requests) process.on(signal, request);
      try {
        return await work();
      } finally {
        handler = undefined;
        for (const signal of requests) process.off(signal, request);
      }
    },
  };
}
