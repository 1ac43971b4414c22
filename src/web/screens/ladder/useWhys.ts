import { useQueries } from '@tanstack/react-query';
import type { App } from '../../../contract/apps.ts';
import type { Why } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { client } from '../../api/client.ts';
import { keyOf } from '../../api/queryKey.ts';

/** As many as anybody reads; the others wait behind them. */
const mostAsked = 6;

/** Why the queued deploys of an app do not move. */
export function useWhys(app: App | undefined): Why[] {
  const queued = app?.environments.flatMap((environment) => environment.queued.slice(0, 2)) ?? [];
  const asked = queued.filter((deploy) => deploy.held === null).slice(0, mostAsked);
  return useQueries({
    queries: asked.map(({ app, environment, number }) => {
      const input = { params: { app, environment, number } };
      return {
        queryKey: keyOf(api.why, input),
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call(api.why, input, { signal }),
      };
    }),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  });
}
