import type { ValueKind } from '../../../../contract/workflowRules.ts';
import type { WorkflowSecret } from '../../../../contract/workflowValues.ts';
import type { Scope } from './scope.ts';

/** A secret, or a variable: that has a value to show. */
export type ListedValue = WorkflowSecret & { readonly value?: string };

/** What differs in words. */
export const kinds: Readonly<Record<ValueKind, KindWords>> = {
  secret: {
    title: 'Secrets',
    verb: 'Store',
    reference: 'secrets',
    empty: 'No secret is stored here',
    about: 'Store what jobs need and nobody may read: a token to publish with, a key to sign with.',
    hint: 'Taken as it is, with its line breaks. It is sealed, masked in logs, and not shown again.',
  },
  variable: {
    title: 'Variables',
    verb: 'Set',
    reference: 'vars',
    empty: 'No variable is set here',
    about: 'Set what differs from place to place and everybody may read: a region, a version, an address.',
    hint: 'Taken as it is. Everybody who signs in can read it.',
  },
};

interface KindWords {
  readonly title: string;
  readonly verb: string;
  /** The context by which workflows read it. */
  readonly reference: string;
  readonly empty: string;
  readonly about: string;
  readonly hint: string;
}

/** Whether a value is that of exactly this scope, and not of a wider one that is seen from here. */
export const isOf = (scope: Scope, { level }: Pick<ListedValue, 'level'>): boolean =>
  level ===
  (scope.environment !== undefined
    ? 'environment'
    : scope.repository !== undefined
      ? 'repository'
      : 'organization');

/** Whose a value is, as one says it. */
export const ownerOf = ({ repository, environment }: ListedValue): string =>
  environment ?? repository ?? 'organization';
