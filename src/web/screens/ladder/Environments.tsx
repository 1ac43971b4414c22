import { useState } from 'react';
import { Link } from 'wouter';
import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import type { Deploy } from '../../../contract/deploys.ts';
import type { Lock } from '../../../contract/locks.ts';
import { paths } from '../../app/paths.ts';
import { LockDialog, Reason, UnlockDialog, useMayUnlock } from '../../features/lock/index.ts';
import { RollbackDialog } from '../../features/rollback/index.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Sha } from '../../ui/Sha.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './Ladder.module.css';

/** Every environment of an app: what is live there, how it stands, and what can be done about it. */
export function Environments({ app }: { app: App }) {
  return (
    <section aria-label="Environments">
      <ul className={styles.environments}>
        {app.environments.map((environment) => (
          <EnvironmentCard key={environment.name} app={app} environment={environment} />
        ))}
      </ul>
    </section>
  );
}

function EnvironmentCard({ app, environment }: { app: App; environment: EnvironmentStatus }) {
  const { name, live, active, queued, locks, url } = environment;
  return (
    <li className={classes(styles.environment, locks.length > 0 && styles.locked)}>
      <div className={styles.environmentHead}>
        <h2>{name}</h2>
        <Standing environment={environment} />
        {url !== null && (
          <a
            className={styles.site}
            href={url}
            target="_blank"
            rel="noreferrer"
            aria-label={`Open ${name}`}
            data-tip={url}
          >
            <Icon name="external" />
          </a>
        )}
      </div>
      {live === null ? <p className={styles.quiet}>Nothing was shipped here yet.</p> : <Live deploy={live} />}
      {active !== null && <Moving deploy={active} />}
      {queued.length > 0 && <Queue queued={queued} app={app.name} environment={name} />}
      {locks.map((lock) => (
        <LockLine key={lock.id} lock={lock} />
      ))}
      {app.may_deploy && <Actions app={app.name} environment={environment} />}
    </li>
  );
}

function Standing({ environment: { live, in_doubt, last, locks } }: { environment: EnvironmentStatus }) {
  if (in_doubt && last !== null)
    return (
      <Link
        to={paths.deploy(last)}
        data-tip="What runs there may be something else than what was live before."
      >
        <StateMark state="failed" word={`In doubt: #${last.number} ${last.state}`} />
      </Link>
    );
  if (locks.length > 0) return <StateMark state="locked" />;
  return live && <StateMark state="live" />;
}

function Live({ deploy }: { deploy: Deploy }) {
  return (
    <div className={styles.live}>
      <p className={styles.liveTitle}>{deploy.title}</p>
      <p className={styles.facts}>
        <Sha sha={deploy.sha} />
        <Link to={paths.deploy(deploy)}>#{deploy.number}</Link>
        <Time at={deploy.finished_at ?? deploy.requested_at} />
        <span>by {deploy.requested_by.name}</span>
      </p>
    </div>
  );
}

function Moving({ deploy }: { deploy: Deploy }) {
  return (
    <p className={styles.facts}>
      <Link to={paths.deploy(deploy)}>
        <StateMark state={deploy.state} word={`${deploy.short_sha} is ${deploy.state}`} />
      </Link>
      <span>#{deploy.number}</span>
    </p>
  );
}

function Queue({
  queued,
  app,
  environment,
}: {
  queued: readonly Deploy[];
  app: string;
  environment: string;
}) {
  const held = queued.filter((deploy) => deploy.held !== null).length;
  return (
    <p className={styles.facts}>
      <Link to={paths.deploys({ app, environment, state: 'queued' })}>
        <StateMark
          state={held > 0 ? 'held' : 'queued'}
          word={`${queued.length} queued${held > 0 ? `, ${held} held` : ''}`}
        />
      </Link>
    </p>
  );
}

function LockLine({ lock }: { lock: Lock }) {
  const [unlocking, setUnlocking] = useState(false);
  const mayUnlock = useMayUnlock(lock);
  return (
    <div className={styles.lock}>
      <p className={styles.facts}>
        <strong>{lock.environment === null ? `${lock.scope} is locked` : 'Locked'}</strong>
        <span>
          by {lock.created_by}, <Time at={lock.created_at} />
        </span>
        {lock.expires_at !== null && (
          <span>
            ends <Time at={lock.expires_at} />
          </span>
        )}
        {mayUnlock && (
          <Button size="small" tone="quiet" onClick={() => setUnlocking(true)}>
            <Icon name="unlock" /> Unlock…
          </Button>
        )}
      </p>
      <Reason text={lock.reason} />
      <UnlockDialog lock={lock} open={unlocking} onClose={() => setUnlocking(false)} />
    </div>
  );
}

function Actions({ app, environment }: { app: string; environment: EnvironmentStatus }) {
  const [asking, setAsking] = useState<'rollback' | 'lock'>();
  const { name, live, locks } = environment;
  const close = () => setAsking(undefined);
  return (
    <p className={styles.environmentActions}>
      <LinkButton size="small" to={paths.ship(app, name)}>
        <Icon name="ship" /> Ship…
      </LinkButton>
      {live !== null && (
        <Button size="small" onClick={() => setAsking('rollback')}>
          <Icon name="rollback" /> Roll back…
        </Button>
      )}
      {locks.every((lock) => lock.environment === null) && (
        <Button size="small" tone="quiet" onClick={() => setAsking('lock')}>
          <Icon name="lock" /> Lock…
        </Button>
      )}
      <RollbackDialog app={app} environment={name} open={asking === 'rollback'} onClose={close} />
      <LockDialog scope={{ app, environment: name }} open={asking === 'lock'} onClose={close} />
    </p>
  );
}
