import type { DeployDetail } from '../../../contract/deploys.ts';
import styles from '../../features/log/work.module.css';
import { Section } from '../../ui/Page.tsx';
import { Time } from '../../ui/Time.tsx';

/** What happened to it, in order. */
export function Timeline({ deploy }: { deploy: DeployDetail }) {
  const entries = deploy.timeline.filter(({ kind }) => kind !== 'step');
  return (
    <Section title="Timeline">
      <ol className={styles.timeline}>
        {entries.map((entry) => (
          <li key={`${entry.at}${entry.kind}`} className={styles.entry}>
            <Time at={entry.at} className={styles.quiet} />
            <span>
              {entry.message}
              {entry.actor !== 'slipway' && <span className={styles.quiet}> — {entry.actor}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
