import { Link } from 'wouter';
import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import styles from './shipping.module.css';

/** What shall be shipped: an app, and nothing is chosen beforehand. Where to and which commit come next. */
export default function Shipping() {
  usePageStatus({ title: 'Ship' });
  const apps = useApi(api.listApps, {});
  return (
    <Page title="Ship" about="Which app?">
      <Loaded
        query={apps}
        label="Loading the apps"
        skeleton={
          <div className={styles.apps}>
            <Skeleton lines={2} width="60%" />
            <Skeleton lines={2} width="60%" />
          </div>
        }
      >
        {({ items }) => <Choice apps={items} />}
      </Loaded>
    </Page>
  );
}

function Choice({ apps }: { apps: readonly App[] }) {
  const own = apps.filter((app) => app.may_deploy);
  const others = apps.filter((app) => !app.may_deploy);
  if (apps.length === 0) {
    return (
      <EmptyState
        title="No app is declared yet"
        action={<LinkButton to={paths.welcome()}>First steps</LinkButton>}
      >
        A few lines of slipway.yml declare one.
      </EmptyState>
    );
  }
  return (
    <>
      {own.length === 0 ? (
        <EmptyState title="You may look, and not ship">
          Members of an app’s team may ship it, and admins. An admin can add you to a team.
        </EmptyState>
      ) : (
        <ul className={styles.apps}>
          {own.map((app) => (
            <AppChoice key={app.name} app={app} />
          ))}
        </ul>
      )}
      {others.length > 0 && own.length > 0 && (
        <p className={styles.quiet}>
          For other teams to ship:{' '}
          {others.map(({ name, team }, index) => (
            <span key={name}>
              {index > 0 && ', '}
              <TextLink to={paths.app(name)}>{name}</TextLink> ({team})
            </span>
          ))}
        </p>
      )}
    </>
  );
}

function AppChoice({ app }: { app: App }) {
  return (
    <li className={styles.app}>
      <Link to={paths.ship(app.name)} className={styles.name}>
        {app.name}
      </Link>
      <ul className={styles.places}>
        {app.environments.map((environment) => (
          <Place key={environment.name} environment={environment} />
        ))}
      </ul>
    </li>
  );
}

function Place({ environment: { name, live, locks, active } }: { environment: EnvironmentStatus }) {
  return (
    <li className={styles.place}>
      <span>{name}</span>
      {live === null ? <span>nothing yet</span> : <code>{live.short_sha}</code>}
      {active !== null && <StateMark state={active.state} />}
      {locks[0] !== undefined && <StateMark state="locked" word={`Locked by ${locks[0].created_by}`} />}
    </li>
  );
}
