import type { FetchContext } from '../repositories/index.ts';

export type ProcessContext = FetchContext;

/** A delivery cannot be acted on yet; `counts`: and it will not be waited for without end. */
export interface Postponed {
  readonly reason: string;
  readonly counts: boolean;
}
