import { Link } from 'wouter';
import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import type { Preview } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import { CheckDetails } from '../../features/checks/CheckDetails.tsx';
import { durationText } from '../../lib/time.ts';
import { Sha } from '../../ui/Sha.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Duration, Time } from '../../ui/Time.tsx';
import styles from './Ship.module.css';

interface AboutProps {
  readonly app: App;
  readonly environment: EnvironmentStatus;
  readonly preview: Preview;
}

/** What one wants to know before: how long it takes, what CI says, the way back, and how it went lately. */
export function About(props: AboutProps) {
  return (
    <dl className={styles.about}>
      <dt>How long</dt>
      <dd>
        {props.preview.estimate_seconds === null
          ? 'Nobody knows yet: none has succeeded here.'
          : `About ${durationText(props.preview.estimate_seconds)}, as recent ones took.`}
      </dd>
      <dt>Checks</dt>
      <dd>
        <CheckDetails repository={props.app.repository} sha={props.preview.changes.candidate.sha} />
      </dd>
      <dt>The way back</dt>
      <dd>
        <WayBack {...props} />
      </dd>
      <dt>Last deploys here</dt>
      <dd>
        <LastDeploys {...props} />
      </dd>
    </dl>
  );
}

/** Where a rollback of it would lead: to what is live now. */
function WayBack({ app, environment }: AboutProps) {
  const params = { app: app.name, environment: environment.name };
  const { data } = useApi(api.listReleases, { params });
  const [live] = data?.items ?? [];
  if (data === undefined) return <Skeleton width="80%" />;
  if (live === undefined) return 'None yet: this would be the first release here.';
  return (
    <>
      <Sha sha={live.sha} /> {live.title}
      <span className={styles.quiet}>
        {' '}
        {data.last_rollback_seconds === null
          ? '(nobody has rolled back here yet)'
          : `(the last rollback took ${durationText(data.last_rollback_seconds, { precise: true })})`}
      </span>
    </>
  );
}

function LastDeploys({ app, environment }: AboutProps) {
  const query = { app: app.name, environment: environment.name, limit: 3 };
  const { data } = useApi(api.listDeploys, { query });
  if (data === undefined) return <Skeleton lines={3} width="70%" />;
  if (data.items.length === 0) return 'None yet.';
  return (
    <ul className={styles.lastDeploys}>
      {data.items.map((deploy) => (
        <li key={deploy.number}>
          <StateMark state={deploy.held === null ? deploy.state : 'held'} />
          <Link to={paths.deploy(deploy)}>#{deploy.number}</Link>
          <code>{deploy.sha.slice(0, 8)}</code>
          <Time at={deploy.finished_at ?? deploy.requested_at} />
          {deploy.duration_seconds !== null && <Duration seconds={deploy.duration_seconds} />}
          <span>{deploy.requested_by.name}</span>
        </li>
      ))}
    </ul>
  );
}
