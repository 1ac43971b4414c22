import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import { ApiError } from '../../../contract/client.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Loading, Skeleton } from '../../ui/Skeleton.tsx';
import { About } from './About.tsx';
import { ChangeList } from './ChangeList.tsx';
import { Launch } from './Launch.tsx';
import { Reasons } from './Reasons.tsx';
import styles from './Ship.module.css';
import { Summary } from './Summary.tsx';

export interface CandidateProps {
  readonly app: App;
  readonly environment: EnvironmentStatus;
  /** The ref whose commits are listed. */
  readonly baseRef: string;
  /** The one of them that is chosen; the newest unless told. */
  readonly commit: string | undefined;
  readonly onCommit: (commit: string | undefined) => void;
}

/** Exactly what would go out, what it would do, and the button. */
export function Candidate({ app, environment, baseRef, commit, onCommit }: CandidateProps) {
  const params = { app: app.name, environment: environment.name };
  const ref = commit ?? baseRef;
  const preview = useApi(api.preview, { params, query: { ref } }, { keepPrevious: true });
  const { data, error } = preview;
  if (error !== null)
    return <ProblemNote error={error} doing="Looking at it" onRetry={retryOf(error, preview)} />;
  if (data === undefined) {
    return (
      <Loading label={`Looking at what ${ref} would change`}>
        <Skeleton lines={8} width="60%" />
      </Loading>
    );
  }
  return (
    <div className={styles.sheet}>
      <div className={styles.main}>
        <Summary app={app.name} preview={data} />
        <ChangeList
          app={app}
          environment={environment}
          baseRef={baseRef}
          chosen={data.changes.candidate.sha}
          isNewest={commit === undefined}
          onChoose={onCommit}
        />
      </div>
      <aside className={styles.aside} aria-label="Before it goes">
        <Reasons reasons={data.reasons} locks={environment.locks} />
        <Launch
          app={app.name}
          environment={environment}
          preview={data}
          shipped={ref}
          // What is shown is that of the former choice: nobody has seen yet what would go out.
          isStale={preview.isPlaceholderData}
          onRefused={() => void preview.refetch()}
        />
        <About app={app} environment={environment} preview={data} />
      </aside>
    </div>
  );
}

/** A ref that means nothing means nothing the next time too. */
const retryOf = (error: Error, query: { refetch: () => unknown }) =>
  error instanceof ApiError && error.problem.code === 'invalid_input'
    ? undefined
    : () => void query.refetch();
