import type { Preview } from '../../../contract/deploys.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Sha } from '../../ui/Sha.tsx';
import styles from './Ship.module.css';
import { sentenceOf } from './sentence.ts';

/** From what is live to what would be, in one line and one sentence. */
export function Summary({ app, preview }: { app: string; preview: Preview }) {
  const { live_sha: live, candidate } = preview.changes;
  return (
    <section aria-label="What it does" className={styles.summary}>
      <h2 aria-live="polite">{sentenceOf(preview)}</h2>
      <p className={styles.fromTo}>
        {live !== candidate.sha && (
          <>
            {live === null ? <span>nothing</span> : <Sha sha={live} />}
            <Icon name="arrowRight" />
          </>
        )}
        <Sha sha={candidate.sha} />
        <span className={styles.subject}>{candidate.subject}</span>
        <span className={styles.quiet}>{candidate.author_name}</span>
      </p>
      <span className="visually-hidden">in {app}</span>
    </section>
  );
}
