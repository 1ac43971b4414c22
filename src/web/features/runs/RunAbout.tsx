import type { WorkflowRun } from '../../../contract/runs.ts';
import { paths } from '../../app/paths.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Sha } from '../../ui/Sha.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from '../log/work.module.css';
import { shortRef } from './marks.ts';
import { ranInstead } from './ranInstead.ts';

/** What a run runs on, and what started it. */
export function RunAbout({ run }: { run: WorkflowRun }) {
  const { repository, sha, short_sha, title, event, ref, actor, created_at, trusted } = run;
  const ran = ranInstead(run);
  return (
    <div className={styles.about}>
      <p className={styles.commit}>
        <Sha sha={sha} short={short_sha} />
        <span className={styles.subject}>{title}</span>
      </p>
      <p>
        {event} of{' '}
        <TextLink to={paths.runs({ repository, branch: shortRef(ref) })}>
          <code>{shortRef(ref)}</code>
        </TextLink>{' '}
        by {actor}, <Time at={created_at} /> {!trusted && <Badge tone="needs-you">without secrets</Badge>}
      </p>
      {ran !== null && (
        <p>
          runs <Sha sha={ran.sha} />, {ran.what}
        </p>
      )}
    </div>
  );
}
