import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { api } from '../../../../contract/index.ts';
import type { Repository } from '../../../../contract/repositories.ts';
import { useAction } from '../../../api/hooks.ts';
import { usePaletteActions } from '../../../app/palette/actions.ts';
import { paths } from '../../../app/paths.ts';
import { useHasRole } from '../../../app/session.ts';
import { Button } from '../../../ui/Button.tsx';
import { ProblemNote, sentence } from '../../../ui/ProblemNote.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { Time } from '../../../ui/Time.tsx';
import { DeleteRepository } from './DeleteRepository.tsx';
import { failureTitle } from './failureTitle.ts';
import styles from './repositories.module.css';

/** A repository: how its fetches go, and a way to fetch now. */
export function RepositoryRow({ repository }: { repository: Repository }) {
  const mayFetch = useHasRole('member');
  const administers = useHasRole('admin');
  const fetchNow = useAction(api.fetchRepository);
  const run = () => fetchNow.mutate({ params: { repository: repository.name } });
  const busy = fetchNow.isPending || isAsked(repository);
  usePaletteActions(() =>
    mayFetch && !busy
      ? [
          {
            id: `fetch-${repository.name}`,
            label: `Fetch ${repository.name} now`,
            group: 'This page',
            icon: 'retry',
            run,
          },
        ]
      : [],
  );
  return (
    <li className={styles.repository} data-repository={repository.name}>
      <div className={styles.head}>
        <h2 className={styles.name}>{repository.name}</h2>
        <StateMark state={`repository_${repository.state}`} />
        {mayFetch && (
          <span className={styles.action}>
            {/* One that apps are built from stays. */}
            {administers && repository.apps.length === 0 && <DeleteRepository repository={repository} />}
            <Button size="small" pending={busy} pendingLabel="Fetching…" onClick={run}>
              Fetch now
            </Button>
          </span>
        )}
      </div>
      <p className={styles.url}>
        <code>{repository.url ?? repository.clone_url}</code>
      </p>
      <p className={styles.facts}>
        <Fact name="Last fetched">
          {repository.fetched_at === null ? 'never' : <Time at={repository.fetched_at} />}
        </Fact>
        {repository.default_branch !== null && (
          <Fact name="Default branch">
            <code>{repository.default_branch}</code>
          </Fact>
        )}
        <Fact name={repository.apps.length === 1 ? 'App' : 'Apps'}>
          {repository.apps.length === 0 && 'none'}
          {repository.apps.map((app, index) => (
            <span key={app}>
              {index > 0 && ', '}
              <Link href={paths.app(app)}>{app}</Link>
            </span>
          ))}
        </Fact>
        <Link href={paths.workflowSettings({ repository: repository.name })}>
          Secrets, variables, environments
        </Link>
      </p>
      {repository.failing !== null && (
        <Failure failing={repository.failing} hasCommits={repository.fetched_at !== null} />
      )}
      <ProblemNote error={fetchNow.error} />
    </li>
  );
}

/** Whether a fetch was asked for that has not begun, or runs. */
function isAsked({ state, fetch_requested_at, fetch_started_at }: Repository): boolean {
  if (state === 'fetching') return true;
  return fetch_requested_at !== null && (fetch_started_at === null || fetch_requested_at > fetch_started_at);
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span>
      <span className={styles.quiet}>{name}</span> {children}
    </span>
  );
}

function Failure({
  failing,
  hasCommits,
}: {
  failing: NonNullable<Repository['failing']>;
  hasCommits: boolean;
}) {
  return (
    <div className={styles.failure}>
      <p className={styles.failureTitle}>
        {failureTitle(failing.kind)} · since <Time at={failing.since} />
      </p>
      <p>{sentence(failing.message)}</p>
      <p className={styles.quiet}>
        {hasCommits && 'What was fetched before can still be shipped. '}It is tried again by itself.
      </p>
    </div>
  );
}
