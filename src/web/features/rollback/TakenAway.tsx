import type { Change, Changes } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Loading, Skeleton } from '../../ui/Skeleton.tsx';
import { Time } from '../../ui/Time.tsx';
import type { RollbackPlan } from './plan.ts';
import styles from './rollback.module.css';

/** The commits that a rollback takes away. Seeing them is no condition for going back: they may load, or fail. */
export function TakenAway(props: { app: string; environment: string; plan: RollbackPlan }) {
  return props.plan.takesAway === 'attempt' ? <OfAttempt {...props} /> : <OfReleases {...props} />;
}

function OfReleases({ app, environment, plan }: { app: string; environment: string; plan: RollbackPlan }) {
  const changes = useApi(
    api.listChanges,
    { params: { app, environment }, query: { ref: plan.target.sha } },
    { keepPrevious: true },
  );
  return <List changes={changes} away="away" />;
}

function OfAttempt({ app, environment, plan }: { app: string; environment: string; plan: RollbackPlan }) {
  const number = plan.inDoubt?.number ?? plan.live.number;
  const changes = useApi(api.deployChanges, { params: { app, environment, number } });
  // What the attempt took out goes away again.
  return <List changes={changes} away="out" />;
}

interface Answer {
  readonly data: Changes | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

function List({ changes, away }: { changes: Answer; away: Change['direction'] }) {
  const { data, error } = changes;
  if (error !== null)
    return <ProblemNote error={error} doing="Listing the commits" onRetry={() => void changes.refetch()} />;
  if (data === undefined) {
    return (
      <Loading label="Listing the commits">
        <Skeleton lines={4} width="70%" />
      </Loading>
    );
  }
  const gone = data[away];
  const back = data[away === 'away' ? 'out' : 'away'];
  const items = data.items.filter((change) => change.direction === away);
  return (
    <div className={styles.away}>
      <h3>{gone === 0 ? 'It takes no commit away' : `It takes away ${countOf(gone)}`}</h3>
      {items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for who has no mouse.
        <ul className={styles.commits} tabIndex={0} aria-label="Commits it takes away">
          {items.map((change) => (
            <li key={change.sha} className={styles.change}>
              <code>{change.sha.slice(0, 8)}</code>
              <span className={styles.subject}>{change.subject}</span>
              <span className={styles.quiet}>
                {change.author_name}, <Time at={change.committed_at} />
              </span>
            </li>
          ))}
          {gone > items.length && <li className={styles.quiet}>and {gone - items.length} more</li>}
        </ul>
      )}
      {back > 0 && <p className={styles.quiet}>It brings back {countOf(back)} that is not live now.</p>}
    </div>
  );
}

const countOf = (count: number): string => (count === 1 ? 'one commit' : `${count} commits`);
