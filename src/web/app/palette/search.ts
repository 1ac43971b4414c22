import { isScattered, matchScore } from '../../lib/matching.ts';
import { type PaletteAction, type PaletteGroup, paletteGroups } from './actions.ts';

export interface FoundGroup {
  readonly group: PaletteGroup;
  readonly actions: readonly PaletteAction[];
}

const mostInGroup = 8;

/** What answers the typed text, by groups: the group with the best answer first. Nothing typed: all, in order. */
export function search(actions: readonly PaletteAction[], typed: string): FoundGroup[] {
  const found = groupsOf(actions, typed, (action) =>
    matchScore(`${action.label} ${action.keywords ?? ''}`, typed),
  );
  // Scattered letters are in almost everything: they are looked for where nothing else answers.
  if (found.length > 0) return found;
  return groupsOf(actions, typed, (action) => (isScattered(action.label, typed) ? 0 : undefined));
}

function groupsOf(
  actions: readonly PaletteAction[],
  typed: string,
  scoreOf: (action: PaletteAction) => number | undefined,
): FoundGroup[] {
  const scored = actions.flatMap((action) => {
    const score = scoreOf(action);
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
