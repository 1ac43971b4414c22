import { matchScore } from '../../lib/matching.ts';
import { type PaletteAction, type PaletteGroup, paletteGroups } from './actions.ts';

export interface FoundGroup {
  readonly group: PaletteGroup;
  readonly actions: readonly PaletteAction[];
}

const mostInGroup = 8;

/** What answers the typed text, by groups: the group with the best answer first. Nothing typed: all, in order. */
export function search(actions: readonly PaletteAction[], typed: string): FoundGroup[] {
  const scored = actions.flatMap((action) => {
    const score = matchScore(`${action.label} ${action.keywords ?? ''}`, typed);
    return score === undefined ? [] : [{ action, score }];
  });
  const groups = paletteGroups.map((group) => {
    const own = scored.filter(({ action }) => action.group === group);
    if (typed.trim() !== '') own.sort((a, b) => b.score - a.score);
    const best = Math.max(...own.map(({ score }) => score));
    return { group, best, actions: own.slice(0, mostInGroup).map(({ action }) => action) };
  });
  const found = groups.filter((group) => group.actions.length > 0);
  if (typed.trim() !== '') found.sort((a, b) => b.best - a.best);
  return found;
}
