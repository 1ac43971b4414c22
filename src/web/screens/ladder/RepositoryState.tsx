import type { App } from '../../../contract/apps.ts';
import { api } from '../../../contract/index.ts';
import type { Repository } from '../../../contract/repositories.ts';
import { useAction, useApi } from '../../api/hooks.ts';
import { usePaletteActions } from '../../app/palette/actions.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './Ladder.module.css';

/** Whose commits these are, as of when, and why not newer. */
export function RepositoryState({ app }: { app: App }) {
  const params = { repository: app.repository };
  const repository = useApi(api.showRepository, { params });
  const fetchNow = useAction(api.fetchRepository);
  const onFetch = () => fetchNow.mutate({ params });
  usePaletteActions(() =>
    app.may_deploy
      ? [
          {
            id: 'fetch',
            label: `Fetch ${app.repository} now`,
            group: 'This page',
            icon: 'retry',
            run: onFetch,
          },
        ]
      : [],
  );
  return (
    <div className={styles.repository}>
      <p className={styles.facts}>
        <span>
          Repository <strong>{app.repository}</strong>
        </span>
        <span>Team {app.team}</span>
        {repository.data && <FetchState repository={repository.data} />}
        {app.may_deploy && (
          <Button
            size="small"
            tone="quiet"
            pending={fetchNow.isPending || isAwaited(repository.data)}
            pendingLabel="Fetching…"
            onClick={onFetch}
          >
            <Icon name="retry" /> Fetch now
          </Button>
        )}
      </p>
      {repository.data?.failing && (
        <ProblemNote
          error={new Error(repository.data.failing.message)}
          doing={`Fetching ${app.repository}`}
        />
      )}
      <ProblemNote error={fetchNow.error} doing="Asking for a fetch" />
    </div>
  );
}

function FetchState({ repository: { state, fetched_at, failing } }: { repository: Repository }) {
  if (failing !== null)
    return (
      <span className={styles.failing}>
        Cannot be fetched since <Time at={failing.since} />
      </span>
    );
  if (fetched_at === null)
    return <span>Never fetched{state === 'fetching' && ': the first fetch is under way'}</span>;
  return (
    <span>
      Fetched <Time at={fetched_at} />
    </span>
  );
}

/** Somebody asked for a fetch that has not ended. */
function isAwaited(repository: Repository | undefined): boolean {
  if (repository === undefined || repository.fetch_requested_at === null) return false;
  return (repository.fetch_finished_at ?? '') < repository.fetch_requested_at;
}
