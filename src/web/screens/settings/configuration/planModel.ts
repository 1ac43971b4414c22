import {
  type Plan,
  type PlanAction,
  type PlanChange,
  type PlanItem,
  planActions,
} from '../../../../contract/provisioning.ts';

/** Before a plan is carried out, or after. */
export type Tense = 'future' | 'past';

interface Words {
  /** The same signs as the command line's. */
  readonly sign: string;
  readonly future: string;
  readonly past: string;
}

/** Each action as its sign and its word. */
export const actionWords: Readonly<Record<PlanAction, Words>> = {
  create: { sign: '+', future: 'create', past: 'created' },
  change: { sign: '~', future: 'change', past: 'changed' },
  renumber: { sign: '→', future: 'renumber', past: 'renumbered' },
  replace: { sign: '±', future: 'replace', past: 'replaced' },
  delete: { sign: '−', future: 'delete', past: 'deleted' },
  skip: { sign: '!', future: 'skip', past: 'skipped' },
};

/** One action with how many things it is done to. */
export interface Count {
  readonly action: PlanAction;
  readonly count: number;
}

/** The actions that a plan takes, in their own order, with their numbers. */
export const countsOf = ({ counts }: Plan): Count[] =>
  planActions.map((action) => ({ action, count: counts[action] ?? 0 })).filter(({ count }) => count > 0);

/** A plan in one line: "2 to create, 1 to skip", "2 created, 1 skipped". */
export function summaryOf(plan: Plan, tense: Tense): string {
  const counts = countsOf(plan);
  if (counts.length === 0) return tense === 'future' ? 'Nothing to change' : 'Nothing has changed';
  return counts
    .map(({ action, count }) => {
      const words = actionWords[action];
      return tense === 'future' ? `${count} to ${words.future}` : `${count} ${words.past}`;
    })
    .join(', ');
}

/** How a value changes, in parts that are drawn apart. */
export type ShownChange =
  | { readonly kind: 'hidden'; readonly field: string }
  | { readonly kind: 'set'; readonly field: string; readonly to: string }
  | { readonly kind: 'removed'; readonly field: string; readonly from: string }
  | { readonly kind: 'changed'; readonly field: string; readonly from: string; readonly to: string };

/** Of secrets both values are null: that they change is all that is shown. */
export function shownChange({ field, from, to }: PlanChange): ShownChange {
  if (from === null && to === null) return { kind: 'hidden', field };
  if (from === null) return { kind: 'set', field, to: to ?? '' };
  if (to === null) return { kind: 'removed', field, from };
  return { kind: 'changed', field, from, to };
}

/** What an action takes away, to be said before it is done; null when it takes nothing. */
export function takenAway({ action, kind }: Pick<PlanItem, 'action' | 'kind'>): string | null {
  if (action === 'replace') return `Deletes the ${kind} with its keys and history, and creates it anew.`;
  if (action !== 'delete') return null;
  return kind === 'project' ? 'Deletes the project with its keys and history.' : `Deletes the ${kind}.`;
}

/** Whether carrying it out takes something away that does not come back. */
export const isDestructive = (plan: Plan): boolean => plan.items.some((item) => takenAway(item) !== null);

/** Where the file declares an item: "slipway.yml:12". */
export const placeOf = (file: string, { line }: PlanItem): string | null =>
  line === null ? null : `${file}:${line}`;
