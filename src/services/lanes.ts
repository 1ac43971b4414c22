import type { Logger } from '../platform/log.ts';
import { type Repeated, repeat } from '../platform/repeat.ts';

export interface Lanes<Work> {
  readonly name: string;
  /** Pieces of work at once. */
  readonly most: number;
  readonly everyMs: number;
  readonly log: Logger;
  /** The next piece, which nobody else has; undefined: there is none for now. */
  readonly next: () => Promise<Work | undefined>;
  /** Does it. Where it failed, `next` must not answer it again at once. */
  readonly perform: (work: Work) => Promise<void>;
}

/** Does pieces of work beside each other, as they come: a long one holds up no other. */
export function openLanes<Work>({ name, most, everyMs, log, next, perform }: Lanes<Work>): Repeated {
  const running = new Set<Promise<void>>();
  let stopped = false;
  const loop = repeat(name, everyMs, log, async () => {
    while (!stopped && running.size < most) {
      const work = await next();
      if (work === undefined) return;
      const task: Promise<void> = perform(work)
        .catch((error: unknown) => {
          if (!stopped) log.warn({ err: error }, `${name} failed; it is tried again`);
        })
        .finally(() => {
          running.delete(task);
          loop.wake();
        });
      running.add(task);
    }
  });
  return {
    wake: loop.wake,
    stop: async () => {
      stopped = true;
      await loop.stop();
      await Promise.all(running);
    },
  };
}
