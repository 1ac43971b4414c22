import type { Release } from '../../../contract/deploys.ts';
import { relativeTime } from '../../lib/time.ts';
import { Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Time } from '../../ui/Time.tsx';
import type { RollbackPlan } from './plan.ts';
import styles from './rollback.module.css';

/** From where to where: what runs now, and what comes back. Another release can be chosen. */
export function Route({
  plan,
  targets,
  onChoose,
}: {
  plan: RollbackPlan;
  targets: readonly Release[];
  onChoose: (number: number) => void;
}) {
  const { target, live, inDoubt } = plan;
  const from = inDoubt ?? live;
  return (
    <div className={styles.route}>
      <div className={styles.ends}>
        <div className={styles.end}>
          <p className={styles.label}>{inDoubt === null ? 'Now live' : `Last attempt, ${inDoubt.state}`}</p>
          <p className={styles.commit}>
            <code>{from.short_sha}</code> {from.title}
          </p>
          <p className={styles.quiet}>
            #{from.number} by {from.requested_by.name}, <Time at={from.finished_at ?? live.finished_at} />
          </p>
        </div>
        <span className={styles.arrow}>
          <Icon name="arrowRight" />
        </span>
        <div className={styles.end}>
          <p className={styles.label}>Comes back</p>
          <p className={styles.commit}>
            <code>{target.short_sha}</code> {target.title}
          </p>
          <p className={styles.quiet}>
            #{target.number} by {target.requested_by.name}, <Time at={target.finished_at} />
          </p>
        </div>
      </div>
      {targets.length > 1 && (
        <Select
          label="Go back to"
          value={String(target.number)}
          onChange={(event) => onChoose(Number(event.target.value))}
          options={targets.map((release) => ({ value: String(release.number), label: labelOf(release) }))}
        />
      )}
    </div>
  );
}

const labelOf = (release: Release): string =>
  `#${release.number} · ${release.short_sha} · ${relativeTime(new Date(release.finished_at), new Date())} · ${release.title}`;
