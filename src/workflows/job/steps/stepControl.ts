/** Why a step is stopped before its end. */
export type StopReason =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'timed_out'; readonly minutes: number }
  | { readonly kind: 'limit'; readonly message: string };

/** Stops a step that runs, and remembers why. */
export class StepControl {
  readonly #controller = new AbortController();
  readonly #children = new Set<StepControl>();
  /** Evaluated again when the job is cancelled: a step whose condition still holds goes on. */
  readonly holdsStill: () => Promise<boolean>;
  reason: StopReason | null = null;

  constructor(holdsStill: () => Promise<boolean>) {
    this.holdsStill = holdsStill;
  }

  get stop(): AbortSignal {
    return this.#controller.signal;
  }

  /** The control of a step inside of this one. When the job is cancelled each of them answers for itself. */
  child(holdsStill: () => Promise<boolean>): StepControl {
    const child = new StepControl(holdsStill);
    this.#children.add(child);
    if (this.reason !== null && this.reason.kind !== 'cancelled') child.stopBecause(this.reason);
    return child;
  }

  stopBecause(reason: StopReason): void {
    if (this.reason !== null) return;
    this.reason = reason;
    this.#controller.abort();
    if (reason.kind !== 'cancelled') for (const child of this.#children) child.stopBecause(reason);
  }
}

/** In words, for the detail of a step. */
export function describeStop(reason: StopReason): string {
  switch (reason.kind) {
    case 'cancelled':
      return 'cancelled';
    case 'timed_out':
      return `stopped at its time limit of ${reason.minutes} ${reason.minutes === 1 ? 'minute' : 'minutes'}`;
    case 'limit':
      return reason.message;
  }
}
