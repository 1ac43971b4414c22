import type { DeployDetail, Why } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { LockBanner } from '../../features/lock/index.ts';
import styles from '../../features/log/work.module.css';
import { durationText } from '../../lib/time.ts';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote, sentence } from '../../ui/ProblemNote.tsx';
import { Loading, Skeleton } from '../../ui/Skeleton.tsx';

/** Why it is not moving: the reasons in their order, and who can clear each. */
export function Waiting({ deploy }: { deploy: DeployDetail }) {
  const { app, environment, number } = deploy;
  const { data, error, refetch } = useApi(api.why, { params: { app, environment, number } });
  return (
    <Section title="Why it is not moving">
      {data === undefined && error === null && (
        <Loading label="Asking why it waits">
          <Skeleton lines={2} width="60%" />
        </Loading>
      )}
      <ProblemNote error={error} doing="Asking why it waits" onRetry={() => void refetch()} />
      {data !== undefined && <Locks deploy={deploy} why={data} />}
      {data !== undefined && <Reasons why={data} />}
    </Section>
  );
}

/** The locks that stop it, with the way to open them. */
function Locks({ deploy, why }: { deploy: DeployDetail; why: Why }) {
  const { data } = useApi(api.listApps, { query: { app: deploy.app } });
  if (!why.reasons.some(({ code }) => code === 'locked')) return null;
  const environment = data?.items[0]?.environments.find(({ name }) => name === deploy.environment);
  // That of everything stands above every page.
  return environment?.locks
    .filter((lock) => lock.app !== null)
    .map((lock) => <LockBanner key={lock.id} lock={lock} />);
}

function Reasons({ why }: { why: Why }) {
  if (why.reasons.length === 0) return <p>Nothing stands in its way: it starts in a moment.</p>;
  return (
    <>
      <ol className={styles.reasons}>
        {why.reasons.map((reason) => (
          <li key={`${reason.code}${reason.message}`} className={styles.reason}>
            <p>{sentence(reason.message)}</p>
            <p className={styles.quiet}>
              Cleared by {reason.cleared_by}
              {reason.skippable && '; or skipped by shipping with force and a reason'}
            </p>
            {reason.action !== null && (
              <p>
                <code>{reason.action}</code>
              </p>
            )}
          </li>
        ))}
      </ol>
      {why.estimate_seconds !== null && why.estimate_seconds > 0 && (
        <p className={styles.quiet}>It starts in about {durationText(why.estimate_seconds)}.</p>
      )}
    </>
  );
}
