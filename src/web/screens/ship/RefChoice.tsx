import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { RefField } from '../../features/refs/index.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Ship.module.css';

export interface RefChoiceProps {
  readonly app: App;
  readonly environment: EnvironmentStatus;
  readonly value: string;
  readonly onChoose: (ref: string | undefined) => void;
}

/** What it is that goes there: a branch, a tag, a commit, or what is or was there. */
export function RefChoice({ app, environment, value, onChoose }: RefChoiceProps) {
  const params = { app: app.name, environment: environment.name };
  const releases = useApi(api.listReleases, { params });
  const previous = releases.data?.items.find(({ number }) => number === releases.data.previous);
  const special = [
    ...(environment.live === null
      ? []
      : [
          {
            name: ':current' as const,
            sha: environment.live.sha,
            about: `live now: ${environment.live.title}`,
          },
        ]),
    ...(previous === undefined
      ? []
      : [{ name: ':previous' as const, sha: previous.sha, about: `live before: ${previous.title}` }]),
  ];
  return (
    <div className={styles.refLine}>
      <RefField
        label="What"
        hint="A branch, a tag, a sha, :current or :previous"
        className={styles.refField}
        repository={app.repository}
        value={value}
        special={special}
        withCommits
        onChange={onChoose}
      />
      {environment.ref !== null && value !== environment.ref && (
        <Button tone="quiet" onClick={() => onChoose(undefined)}>
          Back to {environment.ref}
        </Button>
      )}
    </div>
  );
}
