import type { DeployDetail, DeployKind } from '../../../contract/deploys.ts';
import styles from '../../features/log/work.module.css';
import { Sha } from '../../ui/Sha.tsx';
import { Time } from '../../ui/Time.tsx';

const kindWords: Record<DeployKind, string> = {
  deploy: 'Requested',
  redeploy: 'Re-deployed',
  rollback: 'Rolled back',
};

/** What it ships, and who wanted that. */
export function About({ deploy }: { deploy: DeployDetail }) {
  return (
    <div className={styles.about}>
      <p className={styles.commit}>
        <Sha sha={deploy.sha} short={deploy.short_sha} />
        <span className={styles.subject}>{deploy.title}</span>
        <span>{deploy.author}</span>
      </p>
      <p>
        {kindWords[deploy.kind]} by {deploy.requested_by.name}, <Time at={deploy.requested_at} />
        {!deploy.sha.startsWith(deploy.ref) && (
          <>
            , from <code>{deploy.ref}</code>
          </>
        )}
        {deploy.config.url?.startsWith('http') && (
          <>
            {' · '}
            <a href={deploy.config.url} target="_blank" rel="noopener noreferrer">
              Open {deploy.environment}
            </a>
          </>
        )}
        {deploy.force_reason !== null && <>; forced: {deploy.force_reason}</>}
      </p>
    </div>
  );
}
