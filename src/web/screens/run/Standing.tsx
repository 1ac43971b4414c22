import type { RunDetail } from '../../../contract/runs.ts';
import { WorkClock } from '../../features/log/WorkClock.tsx';
import work from '../../features/log/work.module.css';
import { JobsBar } from '../../features/runs/JobsBar.tsx';
import { markOfRun } from '../../features/runs/marks.ts';
import { sentence } from '../../ui/ProblemNote.tsx';
import { StateMark } from '../../ui/StateMark.tsx';

/** How it stands, in one line. */
export function Standing({ run }: { run: RunDetail }) {
  const isCancelling = run.cancel_requested !== null && run.conclusion === null;
  return (
    <section className={work.standing} aria-label="State">
      <p className={work.state} role="status">
        <StateMark state={isCancelling ? 'cancelling' : markOfRun(run)} />
        <span className={work.words}>{wordsOf(run)}</span>
      </p>
      <JobsBar jobs={run.jobs} />
      <p className={work.clock}>
        <WorkClock waitingSince={run.created_at} work={run} />
      </p>
    </section>
  );
}

function wordsOf({ state, reason, jobs, jobs_list, cancel_requested, findings }: RunDetail): string {
  if (findings.length > 0) return 'Its workflow could not be planned; nothing ran.';
  if (reason !== null) return sentence(reason);
  if (cancel_requested !== null) return `Cancelled by ${cancel_requested.by}.`;
  const failed = jobs_list.filter(({ conclusion }) => conclusion === 'failure');
  if (failed.length > 0)
    return failed.length > 3
      ? `${failed.length} jobs, ${failed[0]?.name} the first of them.`
      : `${failed.map(({ name }) => name).join(', ')}.`;
  if (state === 'completed') return '';
  const asked = jobs_list.find((job) => job.needs_approval);
  if (asked !== undefined) return `${asked.name} waits to be let into ${asked.environment}.`;
  return jobs.total === 0 ? 'It begins.' : `${jobs.running} running, ${jobs.waiting} waiting.`;
}
