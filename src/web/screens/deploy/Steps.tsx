import { useSyncExternalStore } from 'react';
import type { DeployDetail, Step } from '../../../contract/deploys.ts';
import type { OpenedLog } from '../../features/log/useLog.ts';
import styles from '../../features/log/work.module.css';
import { classes } from '../../ui/classes.ts';
import { Section } from '../../ui/Page.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Duration } from '../../ui/Time.tsx';

/** The steps in their order; each leads to its place in the log. */
export function Steps({ deploy, log }: { deploy: DeployDetail; log: OpenedLog | undefined }) {
  return (
    <Section title="Steps">
      <ol className={styles.stepList}>
        {deploy.steps.map((step) => (
          <li key={step.position} className={classes(styles.step, step.state === 'running' && styles.now)}>
            <StateMark state={step.state} bare />
            <span className={styles.stepName}>
              {log === undefined ? step.name : <StepLink step={step} log={log} />}
            </span>
            <span className={styles.stepTime}>
              {step.started_at !== null && <Duration from={step.started_at} to={step.finished_at} />}
            </span>
            {step.detail !== null && step.state !== 'succeeded' && (
              <span className={styles.stepDetail}>{step.detail}</span>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function StepLink({ step, log }: { step: Step; log: OpenedLog }) {
  const sections = useSyncExternalStore(log.session.subscribe, () => log.session.state().sections);
  const line = sections.find(({ position }) => position === step.position)?.line;
  if (line === undefined) return step.name;
  return (
    <button
      type="button"
      className={styles.stepLink}
      onClick={() => log.show(line)}
      data-tip={`Line ${line}`}
    >
      {step.name}
    </button>
  );
}
