import { useRef } from 'react';
import type { WorkflowJobDetail } from '../../../contract/runs.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import { LogPanel } from '../../features/log/LogPanel.tsx';
import { type Beginning, useLog } from '../../features/log/useLog.ts';
import { useLogSearch } from '../../features/log/useLogSearch.ts';
import work from '../../features/log/work.module.css';
import { AnnotationList } from '../../features/runs/AnnotationList.tsx';
import { markOfJob, shortStep } from '../../features/runs/marks.ts';
import { RunAbout } from '../../features/runs/RunAbout.tsx';
import { Summary } from '../../features/runs/Summary.tsx';
import { Page, Section } from '../../ui/Page.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { useFittingHeight } from '../../ui/useFittingHeight.ts';
import { Approval } from './Approval.tsx';
import { JobActions } from './JobActions.tsx';
import { jobLog, jobWriter } from './jobLog.ts';
import { Standing } from './Standing.tsx';
import { StepList } from './StepList.tsx';

/** A job that is there: its steps beside its log. `step`: the one that the address names. */
export function JobPage({ job, step }: { job: WorkflowJobDetail; step: number | undefined }) {
  const { run } = job;
  const log = useLog(jobLog(job), beginningOf(job, step));
  const search = useLogSearch(log);
  const place = useRef<HTMLElement>(null);
  useFittingHeight(place);
  return (
    <Page
      wide
      above={
        <>
          <TextLink to={paths.runs({ repository: run.repository })}>{run.repository}</TextLink>
          {' / '}
          <TextLink to={job.attempt === run.attempt ? paths.run(run.id) : paths.run(run.id, job.attempt)}>
            {run.name}
          </TextLink>
          {run.attempt > 1 && `, attempt ${job.attempt}`}
        </>
      }
      title={job.name}
      about={<RunAbout run={run} />}
      actions={<JobActions job={job} />}
    >
      <TabStatus job={job} />
      <Standing job={job} />
      <Approval job={job} />
      <div className={work.layout}>
        <div className={work.steps}>
          <StepList job={job} log={log} />
        </div>
        <section ref={place} className={work.log} aria-label="Log of the job">
          {log === undefined ? (
            <div className={work.logSkeleton} />
          ) : (
            <LogPanel writer={jobWriter(job)} log={log} search={search} />
          )}
        </section>
        <div className={work.more}>
          {job.annotations.length > 0 && (
            <Section title="Annotations">
              <AnnotationList
                annotations={job.annotations.map((annotation) => ({
                  ...annotation,
                  from: shortStep(
                    job.steps.find(({ number }) => number === annotation.step)?.name ?? job.name,
                  ),
                  to: paths.job(run.id, job.id, annotation.step),
                }))}
              />
            </Section>
          )}
          {job.summary !== '' && (
            <Section title="Summary">
              <Summary text={job.summary} />
            </Section>
          )}
          <Outputs outputs={job.outputs} />
        </div>
      </div>
    </Page>
  );
}

/** The step that is meant, else the first that failed; what runs is followed. */
function beginningOf({ conclusion, steps }: WorkflowJobDetail, step: number | undefined): Beginning {
  if (step !== undefined) return { step };
  if (conclusion === null) return 'following';
  const failed = steps.find((one) => one.conclusion === 'failure');
  if (failed !== undefined) return { step: failed.number };
  return conclusion === 'success' ? 'start' : 'end';
}

function TabStatus({ job }: { job: WorkflowJobDetail }) {
  const mark = markOfJob(job);
  const state =
    mark === 'running' ||
    mark === 'cancelling' ||
    mark === 'succeeded' ||
    mark === 'failed' ||
    mark === 'cancelled'
      ? mark
      : undefined;
  usePageStatus({ title: `${job.name} · ${job.run.name}`, state });
  return null;
}

function Outputs({ outputs }: { outputs: Readonly<Record<string, string>> }) {
  const entries = Object.entries(outputs);
  if (entries.length === 0) return null;
  return (
    <Section title="Outputs">
      <dl>
        {entries.map(([name, value]) => (
          <div key={name} className={work.entry}>
            <dt className={work.quiet}>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
