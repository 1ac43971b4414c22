import type { GroupRow } from './groupStore.ts';

/**
 * The members that wait for each other in a circle which begins with `member`, each for a group that the next has, or
 * will have before; null when there is none. A run or a call gives nothing back before all in it has ended, so it waits
 * for whatever anything in it waits for. Depth first, each member once.
 */
export function mutualWait(groups: readonly GroupRow[], member: string): string[] | null {
  const seen = new Set<string>();
  const follow = (from: string): string[] | null => {
    for (const next of blockersOf(groups, from).flatMap((blocker) => waitingIn(groups, blocker))) {
      if (next === member) return [from];
      if (seen.has(next)) continue;
      seen.add(next);
      const rest = follow(next);
      if (rest !== null) return [from, ...rest];
    }
    return null;
  };
  return follow(member);
}

/** Who has, or will have before it, what a member waits for. */
const blockersOf = (groups: readonly GroupRow[], member: string): string[] =>
  groups.flatMap(({ holder, waiting }) => {
    const place = waiting.indexOf(member);
    return place < 0 ? [] : [holder, ...waiting.slice(0, place)];
  });

const waitingIn = (groups: readonly GroupRow[], whole: string): string[] =>
  groups.flatMap(({ waiting }) => waiting.filter((one) => one === whole || one.startsWith(`${whole}/`)));
