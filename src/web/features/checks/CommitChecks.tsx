import type { CheckSummary } from '../../../contract/repositories.ts';
import { Popover } from '../../ui/Popover.tsx';
import { StateMark, stateWord } from '../../ui/StateMark.tsx';
import { CheckDetails } from './CheckDetails.tsx';
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
      content={() => <CheckDetails repository={repository} sha={sha} />}
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
