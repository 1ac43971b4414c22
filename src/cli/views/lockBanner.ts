import type { Lock } from '../../contract/locks.ts';
import type { Output } from '../output/output.ts';

/** Open locks, one line each: what, who, since, until, why. */
export function lockLines(locks: readonly Lock[], out: Output): string[] {
  return locks.map((lock) => {
    const until = lock.expires_at === null ? '' : `, ends ${out.time(lock.expires_at)}`;
    const who = out.paint('dim', `by ${lock.created_by} ${out.time(lock.created_at)}${until}`);
    return `${out.paint(['yellow', 'bold'], 'locked')}  ${lock.scope}  ${lock.reason}  ${who}`;
  });
}
