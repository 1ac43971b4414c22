import type { ChangedRef } from '../../platform/git/index.ts';
import { describeByteSize } from '../../platform/text/byteSize.ts';
import { fullDisk } from './assertSpace.ts';

/** What more there is to say of what git said when it refused a pack. */
export function explainRefusal(said: string, limitBytes: number): readonly string[] {
  if (said.includes('exceeds maximum allowed size')) {
    const limit = describeByteSize(limitBytes);
    return [`Slipway: one push may have at most ${limit} here; \`push_limit\` of the repository says so`];
  }
  if (said.includes('No space left on device')) return [`Slipway: ${fullDisk}`];
  return [];
}

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
