import type { Observe, RunEvent } from '../../run/events.ts';

type Untimed<E> = E extends unknown ? Omit<E, 'at' | 'job'> : never;
/** An event of this job, without what all have. */
export type JobEvent = Untimed<Extract<RunEvent, { job: string }>>;

/** Tells of one job what happens, in order: an event is told when all before it were taken. */
export class Observer {
  readonly #observe: Observe;
  readonly #job: string;
  #pending: Promise<void> | undefined;

  constructor(observe: Observe, job: string) {
    this.#observe = observe;
    this.#job = job;
  }

  /** What was told and not taken yet; whoever causes more waits for it. Rejects when whoever listens fails. */
  get pending(): Promise<void> | undefined {
    return this.#pending;
  }

  tell(event: JobEvent): Promise<void> | undefined {
    const whole = { at: new Date().toISOString(), job: this.#job, ...event } as RunEvent;
    if (this.#pending === undefined) this.#wait(this.#observe(whole));
    else this.#wait(this.#pending.then(() => this.#observe(whole)));
    return this.#pending;
  }

  #wait(taken: Promise<void> | undefined): void {
    if (taken === undefined) return;
    const pending = taken.then(() => {
      if (this.#pending === pending) this.#pending = undefined;
    });
    this.#pending = pending;
    // Whoever waits for it hears of a failure; until then it must not end the program.
    pending.catch(() => undefined);
  }
}
