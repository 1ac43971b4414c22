import { Link } from 'wouter';
import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import { paths } from '../../app/paths.ts';
import { EnvironmentMenu } from '../../features/environment/index.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { Time } from '../../ui/Time.tsx';
import { environmentColumns } from './columns.ts';
import styles from './LiveTable.module.css';

/** What is live where: a row an app, a column an environment, and a pin where something stands. */
export function LiveTable({ apps }: { apps: readonly App[] }) {
  const columns = environmentColumns(apps);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also for who has no mouse.
    <section className={styles.scroll} tabIndex={0} aria-label="What is live where">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">App</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {apps.map((app) => (
            <tr key={app.name}>
              <th scope="row">
                <Link to={paths.app(app.name)} className={styles.app}>
                  {app.name}
                </Link>
                <span className={styles.quiet}>{app.team}</span>
              </th>
              {columns.map((column) => {
                const environment = app.environments.find(({ name }) => name === column);
                return environment === undefined ? (
                  <td key={column} className={styles.none} />
                ) : (
                  <Standing key={column} app={app} environment={environment} />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Standing({ app, environment }: { app: App; environment: EnvironmentStatus }) {
  const { live } = environment;
  return (
    <td className={styles.cell} data-environment={environment.name}>
      <div className={styles.standing}>
        <div className={styles.release}>
          <span className={styles.environment}>{environment.name}</span>
          {live === null ? (
            <p className={styles.empty}>
              Nothing shipped yet
              {app.may_deploy && (
                <>
                  {' · '}
                  <TextLink to={paths.ship(app.name, environment.name)}>ship</TextLink>
                </>
              )}
            </p>
          ) : (
            <>
              <Link to={paths.deploy(live)} className={styles.live}>
                <StateMark state="live" bare />
                <code>{live.short_sha}</code>
                <span className={styles.title}>{live.title}</span>
              </Link>
              <p className={styles.quiet}>
                <Time at={live.finished_at ?? live.requested_at} /> · {live.requested_by.name}
              </p>
            </>
          )}
          <Notes environment={environment} />
        </div>
        <EnvironmentMenu app={app} environment={environment} />
      </div>
    </td>
  );
}

/** What else is to be known of it: doubt, locks, what runs and waits. */
function Notes({ environment }: { environment: EnvironmentStatus }) {
  const { active, in_doubt, last, locks, queued } = environment;
  if (active === null && !in_doubt && locks.length === 0 && queued.length === 0) return null;
  return (
    <p className={styles.notes}>
      {locks.length > 0 && <StateMark state="locked" />}
      {in_doubt && active === null && (
        <StateMark
          state="unknown"
          word={
            last?.state === 'failed' || last?.state === 'cancelled'
              ? `In doubt: #${last.number} ${last.state}`
              : 'In doubt'
          }
        />
      )}
      {active !== null && (
        <Link to={paths.deploy(active)} className={styles.note}>
          <StateMark state={active.state} word={`#${active.number} ${active.state}`} />
        </Link>
      )}
      {queued.length > 0 && <StateMark state="queued" word={`${queued.length} queued`} />}
    </p>
  );
}

/** As high as two apps are, so that nothing jumps when they come. */
export function LiveTableSkeleton() {
  return (
    <div className={styles.scroll} aria-busy="true">
      <span role="status" className="visually-hidden">
        Loading what is live
      </span>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">App</th>
            <th>
              <Skeleton width="5rem" />
            </th>
            <th>
              <Skeleton width="6rem" />
            </th>
          </tr>
        </thead>
        <tbody>
          {[0, 1].map((row) => (
            <tr key={row}>
              <th scope="row">
                <Skeleton width="6rem" />
              </th>
              <td className={styles.cell}>
                <Skeleton lines={2} width="50%" />
              </td>
              <td className={styles.cell}>
                <Skeleton lines={2} width="50%" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
