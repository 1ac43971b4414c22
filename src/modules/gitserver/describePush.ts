import type { ChangedRef } from '../../platform/git/index.ts';

/** What is said to who pushed: where to see what starts because of it. */
export function describePush(
  changes: readonly ChangedRef[],
  repository: string,
  publicUrl: string,
): readonly string[] {
  const shas = new Set(changes.flatMap(({ after }) => (after === null ? [] : [after])));
  const [sha] = shas;
  if (sha === undefined) return [];
  const query = shas.size === 1 ? `sha=${sha}` : `repository=${repository}`;
  const what = shas.size === 1 ? '' : `${shas.size} commits pushed, `;
  return [`Slipway: ${what}${publicUrl}/runs?${query}`];
}
