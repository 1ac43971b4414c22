import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import { LockBanner } from '../../features/lock/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Candidate } from './Candidate.tsx';
import { EnvironmentChoice } from './EnvironmentChoice.tsx';
import { RefChoice } from './RefChoice.tsx';
import styles from './Ship.module.css';
import type { Wish } from './wish.ts';

export interface OrderProps {
  readonly app: App;
  readonly wish: Wish;
  readonly onWish: (wish: Wish) => void;
}

/** First where it goes, then what. Nothing is chosen that nobody chose. */
export function Order({ app, wish, onWish }: OrderProps) {
  const environment = app.environments.find(({ name }) => name === wish.environment);
  return (
    <div className={styles.order}>
      <EnvironmentChoice
        environments={app.environments}
        chosen={environment?.name}
        onChoose={(name) => onWish({ ...wish, environment: name })}
      />
      {wish.environment !== undefined && environment === undefined && (
        <EmptyState title={`${app.name} has no environment ${wish.environment}`}>
          Choose one above.
        </EmptyState>
      )}
      {environment !== undefined && <Rest app={app} environment={environment} wish={wish} onWish={onWish} />}
    </div>
  );
}

function Rest({ app, environment, wish, onWish }: OrderProps & { environment: EnvironmentStatus }) {
  const ref = wish.ref ?? environment.ref ?? undefined;
  return (
    <>
      {environment.locks.map((lock) => (
        <LockBanner key={lock.id} lock={lock} />
      ))}
      <RefChoice
        app={app}
        environment={environment}
        value={ref ?? ''}
        onChoose={(chosen) => onWish({ ...wish, ref: chosen, commit: undefined })}
      />
      {ref !== undefined && (
        <Candidate
          key={environment.name}
          app={app}
          environment={environment}
          baseRef={ref}
          commit={wish.commit}
          onCommit={(commit) => onWish({ ...wish, ref, commit })}
        />
      )}
    </>
  );
}
