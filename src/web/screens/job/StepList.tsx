import { useSyncExternalStore } from 'react';
import type { JobStep, WorkflowJobDetail } from '../../../contract/runs.ts';
import type { OpenedLog } from '../../features/log/useLog.ts';
import work from '../../features/log/work.module.css';
import { markOfStep, shortStep } from '../../features/runs/marks.ts';
import { classes } from '../../ui/classes.ts';
import { Section } from '../../ui/Page.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Duration } from '../../ui/Time.tsx';

/** The steps in their order; each leads to its place in the log. */
export function StepList({ job, log }: { job: WorkflowJobDetail; log: OpenedLog | undefined }) {
  return (
    <Section title="Steps">
      {job.steps.length === 0 && (
        <p className={work.quiet}>
          {job.conclusion === null ? 'Its steps appear here when it starts.' : 'None of its steps began.'}
        </p>
      )}
      <ol className={work.stepList}>
        {job.steps.map((step) => (
          <li key={step.number} className={classes(work.step, step.state === 'running' && work.now)}>
            <StateMark state={markOfStep(step)} bare />
            <span className={work.stepName}>
              {log === undefined ? shortStep(step.name) : <StepLink step={step} log={log} />}
            </span>
            <span className={work.stepTime}>
              {step.conclusion !== 'skipped' && <Duration from={step.started_at} to={step.finished_at} />}
            </span>
            <Why step={step} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Why({ step: { detail, condition, outcome, conclusion } }: { step: JobStep }) {
  return (
    <>
      {detail !== null && conclusion !== 'skipped' && <span className={work.stepDetail}>{detail}</span>}
      {outcome === 'failure' && conclusion === 'success' && (
        <span className={work.stepDetail}>It failed, and the job goes on: continue-on-error.</span>
      )}
      {conclusion === 'skipped' && condition !== null && (
        <span className={work.stepDetail}>
          skipped: <code>{condition}</code>
        </span>
      )}
    </>
  );
}

function StepLink({ step, log }: { step: JobStep; log: OpenedLog }) {
  const sections = useSyncExternalStore(log.session.subscribe, () => log.session.state().sections);
  const line = sections.find(({ position }) => position === step.number)?.line;
  if (line === undefined) return shortStep(step.name);
  return (
    <button type="button" className={work.stepLink} onClick={() => log.show(line)} data-tip={`Line ${line}`}>
      {shortStep(step.name)}
    </button>
  );
}
