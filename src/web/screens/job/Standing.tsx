import type { WorkflowJobDetail } from '../../../contract/runs.ts';
import { WorkClock } from '../../features/log/WorkClock.tsx';
import work from '../../features/log/work.module.css';
import { markOfJob, shortStep } from '../../features/runs/marks.ts';
import { sentence } from '../../ui/ProblemNote.tsx';
import { StateMark } from '../../ui/StateMark.tsx';

/** How a job stands, and why, in one line. */
export function Standing({ job }: { job: WorkflowJobDetail }) {
  const words = wordsOf(job);
  return (
    <section className={work.standing} aria-label="State">
      <p className={work.state} role="status">
        <StateMark state={markOfJob(job)} />
        <span className={work.words}>
          {words !== '' && sentence(words)}
          {job.conclusion === 'skipped' && job.condition !== null && (
            <>
              {' '}
              <code>{job.condition}</code>
            </>
          )}
        </span>
      </p>
      <p className={work.clock}>
        <WorkClock waitingSince={job.created_at} work={job} />
      </p>
      <p className={work.clock}>{placeOf(job)}</p>
    </section>
  );
}

function wordsOf({ reason, failure, conclusion, steps, carried }: WorkflowJobDetail): string {
  if (carried) return 'kept from an earlier attempt';
  if (reason !== null) return reason;
  if (failure !== null) return failure;
  const failed = steps.find((step) => step.conclusion === 'failure');
  if (failed !== undefined) return `Step “${shortStep(failed.name)}”: ${failed.detail ?? 'failed'}`;
  const running = steps.find(({ state }) => state === 'running');
  return conclusion === null && running !== undefined
    ? `Step ${running.number}: ${shortStep(running.name)}`
    : '';
}

function placeOf({ runner, labels, environment }: WorkflowJobDetail): string {
  const place = runner === null ? `runs on ${labels.join(', ')}` : `on ${runner}`;
  return environment === null ? place : `${place}, in ${environment}`;
}
