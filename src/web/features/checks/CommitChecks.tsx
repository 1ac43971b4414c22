import type { CheckSummary } from '../../../contract/apps.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { Popover } from '../../ui/Popover.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Loading, Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark, stateWord } from '../../ui/StateMark.tsx';
import { CheckList } from './CheckList.tsx';
import styles from './checks.module.css';

export interface CommitChecksProps {
  readonly repository: string;
  readonly sha: string;
  readonly checks: CheckSummary;
  readonly tabIndex?: number;
}

/** The checks of a commit as a mark; pressed, each of them, and the workflows that did not start. */
export function CommitChecks({ repository, sha, checks, tabIndex }: CommitChecksProps) {
  if (checks.state === 'none') return null;
  const state = `checks_${checks.state}` as const;
  return (
    <Popover
      label={`${stateWord(state)}: ${countsOf(checks)}`}
      data-tip={countsOf(checks)}
      size="small"
      tone="quiet"
      className={styles.mark}
      tabIndex={tabIndex}
      content={() => <Details repository={repository} sha={sha} />}
    >
      <StateMark state={state} bare />
    </Popover>
  );
}

function countsOf({ passed, failed, pending }: CheckSummary): string {
  const parts = [
    [failed, 'failed'],
    [pending, 'running or waiting'],
    [passed, 'passed'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}

function Details({ repository, sha }: { repository: string; sha: string }) {
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
