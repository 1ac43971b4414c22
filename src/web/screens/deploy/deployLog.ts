import { type DeployDetail, isActive, isFinal } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { client } from '../../api/client.ts';
import { followStream } from '../../api/followStream.ts';
import type { LogSource, LogWriter } from '../../features/log/logSource.ts';
import { createMarkReader } from '../../features/log/sections.ts';

/** The log of a deploy. */
export function deployLog({ app, environment, number, name, steps }: DeployDetail): LogSource {
  const params = { app, environment, number };
  return {
    key: name,
    outline: (signal) => client.call(api.logOutline, { params }, { signal }),
    lines: (query, signal) => client.call(api.logLines, { params, query }, signal ? { signal } : {}),
    search: (query, signal) => client.call(api.searchLog, { params, query }, { signal }),
    follow: (handlers) => followStream(api.followLog, { params }, handlers),
    readMark: createMarkReader(name, steps),
    download: {
      path: `/apps/${app}/environments/${environment}/deploys/${number}/log`,
      fileName: `${app}-${environment}-${number}.log`,
    },
  };
}

export const deployWriter = (deploy: DeployDetail): LogWriter => ({
  startedAt: deploy.started_at,
  active: isActive(deploy.state),
  nothing: nothingYet(deploy),
});

function nothingYet({ state, started_at }: DeployDetail): string {
  if (isFinal(state))
    return started_at === null ? 'It never started, so it wrote nothing.' : 'It wrote nothing.';
  return state === 'queued' ? 'What it writes appears here as soon as it starts.' : 'Nothing written yet.';
}
