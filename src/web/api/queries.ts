import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../../contract/client.ts';

/** The cache of answers. The event stream says what changed, so nothing is asked again by the clock. */
export function createQueries(onSignedOut: () => void): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.problem.code === 'unauthenticated') onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 10 * 60_000,
        retry,
        retryDelay: (failures) => Math.min(4000, 300 * 2 ** failures),
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** What the server refused it would refuse again; what did not reach it is tried again. */
function retry(failures: number, error: Error): boolean {
  if (error instanceof ApiError) return error.problem.code === 'unavailable' && failures < 3;
  return failures < 2;
}
