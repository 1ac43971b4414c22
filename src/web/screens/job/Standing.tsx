import type { WorkflowJobDetail } from '../../../contract/runs.ts';
import work from '../../features/log/work.module.css';
import { markOfJob, shortStep } from '../../features/runs/marks.ts';
import { durationText } from '../../lib/time.ts';
import { sentence } from '../../ui/ProblemNote.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Duration, Time } from '../../ui/Time.tsx';

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
        <Clock job={job} />
      </p>
      <p className={work.clock}>{placeOf(job)}</p>
    </section>
  );
}

function wordsOf({ reason, conclusion, steps, carried }: WorkflowJobDetail): string {
  if (carried) return 'kept from an earlier attempt';
  if (reason !== null) return reason;
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

function Clock({ job }: { job: WorkflowJobDetail }) {
  const { created_at, started_at, finished_at, duration_seconds } = job;
  if (finished_at !== null)
    return (
      <>
        {duration_seconds !== null && <>took {durationText(duration_seconds, { precise: true })}, </>}
        ended <Time at={finished_at} />
      </>
    );
  return started_at === null ? (
    <>
      waiting for <Duration from={created_at} />
    </>
  ) : (
    <>
      running for <Duration from={started_at} />
    </>
  );
}
