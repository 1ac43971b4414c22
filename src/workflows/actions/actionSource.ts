import type { ActionDefinition } from '../language/model.ts';

/** An action that is on this machine. */
export type FoundAction =
  | { readonly kind: 'action'; readonly directory: string; readonly definition: ActionDefinition }
  /** Slipway does it itself: `actions/checkout` of the repository that is run. */
  | { readonly kind: 'built-in'; readonly name: 'checkout'; readonly definition: ActionDefinition };

/** Finds what `uses:` names. */
export interface ActionSource {
  /**
   * `workspace` is where `./path` is looked for. Throws `AppError` with a message that names the action, where it
   * was looked for, and what to do.
   */
  find(uses: string, workspace: string): Promise<FoundAction>;
}
