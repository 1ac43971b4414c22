import { detectIsolation } from './isolation.ts';
import { startKeeper } from './startKeeper.ts';
import type { IsolationChoice } from './step.ts';
import type { StepPlace } from './stepPlace.ts';

/**
 * Makes the place of the next step ready while others are at work (a checkout, a report), because it takes as long
 * as they do. At most one waits. Close it in the end: a place that was not taken is a process that runs.
 */
export class StepPlaces {
  readonly #isolation: IsolationChoice;
  readonly #marker: string;
  #next: Promise<StepPlace | undefined> | undefined;

  /** For steps of this isolation, with this marker. */
  constructor(isolation: IsolationChoice, marker: string) {
    this.#isolation = isolation;
    this.#marker = marker;
  }

  /** Begins. Does not wait, and never fails: whatever is wrong, the step itself meets it again and says so. */
  prepare(): void {
    this.#next ??= makePlace(this.#isolation, this.#marker).catch(() => undefined);
  }

  /** Hands out the place that was prepared, if there is one. It is the step's to end. */
  async take(): Promise<StepPlace | undefined> {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }

  async close(): Promise<void> {
    await (await this.take())?.end();
  }
}

async function makePlace(isolation: IsolationChoice, marker: string): Promise<StepPlace | undefined> {
  if (isolation === 'process-group') return undefined;
  const available = await detectIsolation();
  if (available.mode !== 'namespace') return undefined;
  const keeper = await startKeeper(marker, available.tools);
  return 'refused' in keeper ? undefined : keeper;
}
