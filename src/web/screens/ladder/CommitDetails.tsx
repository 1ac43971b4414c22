import { Link } from 'wouter';
import type { App, Rung } from '../../../contract/apps.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import { CheckDetails } from '../../features/checks/CheckDetails.tsx';
import { forgeOf } from '../../lib/forge.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './Details.module.css';

/** A commit unfolded: all it says, what its checks say, where it was shipped, and where it could be. */
export function CommitDetails({ app, rung }: { app: App; rung: Rung }) {
  return (
    <div className={styles.details}>
      {app.may_deploy && <ShipTo app={app} rung={rung} />}
      {rung.body !== '' && <p className={styles.body}>{rung.body}</p>}
      <Facts app={app} rung={rung} />
      <DeploysOf app={app} rung={rung} />
    </div>
  );
}

function ShipTo({ app, rung }: { app: App; rung: Rung }) {
  return (
    <p className={styles.ship}>
      {app.environments.map(({ name, live, locks }) => (
        <LinkButton key={name} size="small" to={paths.ship(app.name, name, rung.sha)}>
          <Icon name={locks.length > 0 ? 'lock' : 'ship'} />
          {live?.sha === rung.sha ? `Live in ${name}` : `Ship to ${name}…`}
        </LinkButton>
      ))}
    </p>
  );
}

function Facts({ app, rung }: { app: App; rung: Rung }) {
  const repository = useApi(api.showRepository, { params: { repository: app.repository } });
  const page = repository.data?.url ? forgeOf(repository.data.url)?.commit(rung.sha) : undefined;
  return (
    <div className={styles.facts}>
      <p className={styles.quiet}>
        {rung.author_name} &lt;{rung.author_email}&gt;, authored <Time at={rung.authored_at} />
        {page !== undefined && (
          <>
            {' · '}
            <a href={page} target="_blank" rel="noreferrer">
              See it at {new URL(page).host}
            </a>
          </>
        )}
      </p>
      <CheckDetails repository={app.repository} sha={rung.sha} />
    </div>
  );
}

function DeploysOf({ app, rung }: { app: App; rung: Rung }) {
  const deploys = useApi(api.listDeploys, { query: { app: app.name, sha: rung.sha, limit: 5 } });
  if (deploys.data === undefined || deploys.data.items.length === 0) return null;
  return (
    <ul className={styles.deploys} aria-label="Deploys of this commit">
      {deploys.data.items.map((deploy) => (
        <li key={deploy.name}>
          <StateMark state={deploy.state} /> <Link to={paths.deploy(deploy)}>{deploy.name}</Link>{' '}
          <span className={styles.quiet}>
            {deploy.requested_by.name}, <Time at={deploy.requested_at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
