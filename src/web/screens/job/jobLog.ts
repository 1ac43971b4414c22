import { api } from '../../../contract/index.ts';
import type { WorkflowJobDetail } from '../../../contract/runs.ts';
import { client } from '../../api/client.ts';
import { followStream } from '../../api/followStream.ts';
import type { LogSource, LogWriter } from '../../features/log/logSource.ts';
import { readJobMark } from '../../features/log/sections.ts';

/** The log of a job. */
export function jobLog({ id, name, run }: WorkflowJobDetail): LogSource {
  const params = { job: id };
  return {
    key: `job ${id}`,
    outline: (signal) => client.call(api.jobLogOutline, { params }, { signal }),
    lines: (query, signal) => client.call(api.jobLogLines, { params, query }, signal ? { signal } : {}),
    search: (query, signal) => client.call(api.searchJobLog, { params, query }, { signal }),
    follow: (handlers) => followStream(api.followJobLog, { params }, handlers),
    readMark: readJobMark,
    download: {
      path: `/jobs/${id}/log`,
      fileName: `${run.name} ${name}`.replace(/[^\w.-]+/g, '-').concat('.log'),
    },
  };
}

export const jobWriter = (job: WorkflowJobDetail): LogWriter => ({
  startedAt: job.started_at,
  active: job.state === 'running' || job.state === 'cancelling',
  nothing: nothingYet(job),
});

function nothingYet({ conclusion, started_at, state, log_gone }: WorkflowJobDetail): string {
  if (log_gone !== null) return `${log_gone.charAt(0).toUpperCase()}${log_gone.slice(1)}.`;
  if (conclusion !== null)
    return started_at === null ? 'It never started, so it wrote nothing.' : 'It wrote nothing.';
  return state === 'running' ? 'Nothing written yet.' : 'What it writes appears here as soon as it starts.';
}
