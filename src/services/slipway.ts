import type { OwnBootstrapResult } from '../platform/bootstrap/index.ts';
import type { Core } from './core.ts';
import type { DatabaseService } from './database.ts';

export type Service = 'web' | 'dispatcher' | 'runner' | 'jobs';

/** Services that run in this process. */
export interface Slipway {
  readonly core: Core;
  /** Where people find it. */
  readonly url: string;
  readonly database: DatabaseService['kind'];
  /** What the start did to the database; undefined where another process looks after it. */
  readonly migrated: OwnBootstrapResult | undefined;
  stop(reason: string): Promise<void>;
}

export type Closing = () => Promise<void>;

/** In the opposite order of opening; all of them, even when one fails. */
export async function closeAll(closing: Closing[]): Promise<void> {
  let failure: unknown;
  for (const close of closing.splice(0).reverse()) {
    await close().catch((error: unknown) => {
      failure ??= error;
    });
  }
  if (failure !== undefined) throw failure;
}
