import { exitCodes } from './exitCodes.ts';

/** What Ctrl-C does. */
export interface Interrupts {
  /** Runs `work`; the first Ctrl-C during it calls `onInterrupt` instead of ending the program. */
  during<T>(onInterrupt: () => void, work: () => Promise<T>): Promise<T>;
}

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
  };
}
