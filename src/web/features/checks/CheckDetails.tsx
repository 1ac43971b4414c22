import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Loading, Skeleton } from '../../ui/Skeleton.tsx';
import { CheckList } from './CheckList.tsx';
import styles from './checks.module.css';

/** Each check of a commit, and the workflows that did not start, with why. */
export function CheckDetails({ repository, sha }: { repository: string; sha: string }) {
  const params = { repository, sha };
  const commit = useApi(api.showCommit, { params });
  const runs = useApi(api.listCommitRuns, { params });
  return (
    <div className={styles.details}>
      <ProblemNote error={commit.error} doing="Loading the checks" onRetry={() => void commit.refetch()} />
      {commit.isPending ? (
        <Loading label="Loading the checks">
          <Skeleton lines={3} width="12rem" />
        </Loading>
      ) : (
        <CheckList checks={commit.data?.checks ?? []} />
      )}
      {runs.data?.unstarted.map(({ file, name, event, reason }) => (
        <p key={`${file} ${event} ${reason}`} className={styles.none}>
          {name} did not start: {reason}
        </p>
      ))}
    </div>
  );
}
