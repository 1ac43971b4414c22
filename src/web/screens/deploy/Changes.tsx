import { type Change, type DeployDetail, isFinal } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useApiPages } from '../../api/hooks.ts';
import styles from '../../features/log/work.module.css';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Sha } from '../../ui/Sha.tsx';
import { Loading, Skeleton } from '../../ui/Skeleton.tsx';
import { Time } from '../../ui/Time.tsx';

const atFirst = 10;

/** The commits that it brought, or took away. */
export function Changes({ deploy }: { deploy: DeployDetail }) {
  const { app, environment, number } = deploy;
  const changes = useApiPages(api.deployChanges, {
    params: { app, environment, number },
    query: { limit: atFirst },
  });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = changes;
  return (
    <Section title={isFinal(deploy.state) ? 'What it changed' : 'What it changes'}>
      {data === undefined && error === null && (
        <Loading label="Listing the commits">
          <Skeleton lines={3} width="70%" />
        </Loading>
      )}
      <ProblemNote error={error} doing="Listing the commits" onRetry={() => void refetch()} />
      {data?.first !== undefined && (
        <p className={styles.quiet}>{summaryOf(data.first, isFinal(deploy.state) ? 'went out' : 'go out')}</p>
      )}
      {data !== undefined && data.items.length > 0 && (
        <ul className={styles.changes}>
          {data.items.map((change) => (
            <li key={change.sha} className={classes(styles.change, !change.affects_app && styles.dimmed)}>
              <Sha sha={change.sha} />
              <span className={styles.subject}>{change.subject}</span>
              <span className={styles.quiet}>
                {change.author_name}, <Time at={change.committed_at} />
                {noteOf(change)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button
          size="small"
          pending={isFetchingNextPage}
          pendingLabel="Listing…"
          onClick={() => void fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </Section>
  );
}

function summaryOf(
  { relation, out, away }: { relation: string; out: number; away: number },
  goOut: string,
): string {
  if (relation === 'initial') return 'Nothing was live before it.';
  if (relation === 'same') return 'The commit that was live already, once more.';
  const parts = [out > 0 && `${countOf(out)} ${goOut}`, away > 0 && `${countOf(away)} taken away`].filter(
    Boolean,
  );
  return parts.length === 0 ? 'No commit that was not live already.' : `${parts.join(', ')}.`;
}

const countOf = (count: number): string => (count === 1 ? 'One commit' : `${count} commits`);

function noteOf({ direction, affects_app }: Change): string {
  if (direction === 'away') return '; taken away';
  return affects_app ? '' : '; does not touch this app';
}
