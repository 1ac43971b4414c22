import type { RemoteName } from '../usesName.ts';

/** Somewhere that actions of other repositories may be: a directory of mirrors, or a server with repositories. */
export interface ActionPlace {
  locate(name: RemoteName): Promise<Located | NotThere>;
}

/** A repository at the ref that was asked for. */
export type Located =
  | { readonly kind: 'files'; readonly directory: string }
  | { readonly kind: 'commit'; readonly gitDir: string; readonly sha: string };

/** Each line says one place, and why it is not there: `/srv/actions/a/b: no such directory`. */
export interface NotThere {
  readonly kind: 'not-there';
  readonly looked: readonly string[];
}

export function notThere(...looked: string[]): NotThere {
  return { kind: 'not-there', looked };
}
