import { Link } from 'wouter';
import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import type { Deploy, GateReason } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import type { Lock } from '../../../contract/locks.ts';
import { useApi } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import { progressOf } from '../../lib/progress.ts';
import { useNow } from '../../ui/now.ts';
import { Section } from '../../ui/Page.tsx';
import { sentence } from '../../ui/ProblemNote.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './overview.module.css';

/** The environments in which something runs or waits. */
export function Moving({ apps }: { apps: readonly App[] }) {
  const busy = apps.flatMap((app) =>
    app.environments
      .filter((environment) => environment.active !== null || environment.queued.length > 0)
      .map((environment) => ({ app: app.name, environment })),
  );
  if (busy.length === 0) return null;
  return (
    <Section title="Moving">
      <ul className={styles.moving}>
        {busy.map(({ app, environment }) => (
          <li key={`${app}/${environment.name}`} className={styles.lane}>
            {environment.active && <Active deploy={environment.active} />}
            <Queue environment={environment} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Active({ deploy }: { deploy: Deploy }) {
  const progress = progressOf(deploy, useNow(1000));
  return (
    <div className={styles.active}>
      <p className={styles.line}>
        <StateMark state={deploy.state} />
        <DeployLink deploy={deploy} />
        <span className={styles.what}>
          <code>{deploy.short_sha}</code> {deploy.title}
        </span>
        <span className={styles.quiet}>
          {kindWords[deploy.kind]} {deploy.requested_by.name}
        </span>
      </p>
      {progress && (
        <div className={styles.progress}>
          <Progress value={progress.value} label={deploy.name} valueText={progress.text} />
          <span className={styles.quiet}>{progress.text}</span>
        </div>
      )}
    </div>
  );
}

const kindWords: Record<Deploy['kind'], string> = {
  deploy: 'by',
  redeploy: 're-deployed by',
  rollback: 'rolled back by',
};

const DeployLink = ({ deploy }: { deploy: Deploy }) => (
  <Link to={paths.deploy(deploy)} className={styles.name}>
    {deploy.name}
  </Link>
);

/** Beyond these only their number is said: reasons cost a question each, and the first one explains the rest. */
const mostShown = 3;

function Queue({ environment }: { environment: EnvironmentStatus }) {
  const { queued } = environment;
  const [first] = queued;
  if (first === undefined) return null;
  const more = queued.length - mostShown;
  return (
    <ol className={styles.queue}>
      {queued.slice(0, mostShown).map((deploy) => (
        <Queued key={deploy.name} deploy={deploy} locks={environment.locks} />
      ))}
      {more > 0 && (
        <li>
          <Link
            to={paths.deploys({ app: first.app, environment: first.environment, state: 'queued' })}
          >{`and ${more} more`}</Link>
        </li>
      )}
    </ol>
  );
}

/** One that waits, with the first thing that must be cleared, and who can. */
function Queued({ deploy, locks }: { deploy: Deploy; locks: readonly Lock[] }) {
  const { app, environment, number } = deploy;
  const why = useApi(api.why, { params: { app, environment, number } });
  const [reason] = why.data?.reasons ?? [];
  return (
    <li className={styles.queued}>
      <p className={styles.line}>
        <StateMark state={deploy.held === null ? 'queued' : 'held'} />
        <DeployLink deploy={deploy} />
        <span className={styles.what}>
          <code>{deploy.short_sha}</code> {deploy.title}
        </span>
        <span className={styles.quiet}>
          {kindWords[deploy.kind]} {deploy.requested_by.name}, <Time at={deploy.requested_at} />
        </span>
      </p>
      {reason && (
        <p className={styles.why}>
          {wordsOf(reason, locks)}. <span className={styles.quiet}>Cleared by {reason.cleared_by}.</span>
        </p>
      )}
    </li>
  );
}

/** A lock's own words stand in its banner. */
function wordsOf(reason: GateReason, locks: readonly Lock[]): string {
  if (reason.code !== 'locked' || locks.length === 0) return sentence(reason.message).replace(/\.$/, '');
  return `Waits behind the lock on ${locks.map((lock) => lock.scope).join(' and on ')}`;
}
