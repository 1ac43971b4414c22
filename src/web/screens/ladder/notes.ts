import type { App, EnvironmentStatus, Rung } from '../../../contract/apps.ts';
import type { Deploy, Why } from '../../../contract/deploys.ts';
import type { Lock } from '../../../contract/locks.ts';

/** Something that stops something, printed on the rung where it does. */
export type Note =
  | { readonly kind: 'lock'; readonly environment: string; readonly lock: Lock }
  | { readonly kind: 'held' | 'waiting'; readonly deploy: Deploy; readonly reason: string }
  | { readonly kind: 'failed'; readonly deploy: Deploy; readonly reason: string }
  | { readonly kind: 'checks'; readonly failed: number; readonly environments: readonly string[] };

/** The notes of each commit that has some, by its sha. Locks lie on the pin that they keep where it is. */
export function notesOf(app: Pick<App, 'environments'>, whys: readonly Why[]): ReadonlyMap<string, Note[]> {
  const notes = new Map<string, Note[]>();
  const add = (sha: string, note: Note) => notes.set(sha, [...(notes.get(sha) ?? []), note]);
  for (const environment of app.environments) {
    const { live, queued } = environment;
    if (live !== null)
      for (const lock of environment.locks)
        add(live.sha, { kind: 'lock', environment: environment.name, lock });
    for (const deploy of queued) add(deploy.sha, waitingNote(deploy, environment, whys));
    const failed = attemptInDoubt(environment);
    if (failed !== undefined)
      add(failed.sha, {
        kind: 'failed',
        deploy: failed,
        reason: failed.result ?? `it ended ${failed.state}`,
      });
  }
  return notes;
}

function waitingNote(deploy: Deploy, { locks }: EnvironmentStatus, whys: readonly Why[]): Note {
  if (deploy.held !== null) return { kind: 'held', deploy, reason: deploy.held.reason };
  const [first] = whys.find((why) => why.deploy === deploy.name)?.reasons ?? [];
  // The lock itself is printed on the pin, with all it says.
  const lock = first?.code === 'locked' ? locks[0] : undefined;
  const reason = lock === undefined ? first?.message : `for the lock of ${lock.created_by}`;
  return { kind: 'waiting', deploy, reason: reason ?? 'it is about to start' };
}

const attemptInDoubt = ({ in_doubt, last }: EnvironmentStatus): Deploy | undefined =>
  in_doubt && last !== null && (last.state === 'failed' || last.state === 'cancelled') ? last : undefined;

/** Failed checks of a rung, with the environments that ask for checks. */
export function checksNote(rung: Rung, askingForChecks: readonly string[]): Note | undefined {
  if (rung.checks.state !== 'failed' || askingForChecks.length === 0) return undefined;
  return { kind: 'checks', failed: rung.checks.failed, environments: askingForChecks };
}
