import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../../contract/client.ts';
import { EmptyState } from './EmptyState.tsx';
import { messageOf, ProblemNote, sentence } from './ProblemNote.tsx';
import { Loading } from './Skeleton.tsx';

export interface LoadedProps<Data> {
  readonly query: Pick<UseQueryResult<Data, Error>, 'data' | 'error' | 'refetch'>;
  /** For who hears it: "Loading the project". */
  readonly label: string;
  /** As large as what comes. */
  readonly skeleton: ReactNode;
  /** What to offer where nothing is, or nothing may be seen: a way to somewhere else. */
  readonly elsewhere?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** An answer once it is there; until then its skeleton, and without it why not and what can be done. */
export function Loaded<Data>({ query, label, skeleton, elsewhere, children }: LoadedProps<Data>) {
  const { data, error } = query;
  const code = error instanceof ApiError ? error.problem.code : undefined;
  if (error !== null && code === 'not_found')
    return <EmptyState title={sentence(messageOf(error))} action={elsewhere} />;
  if (error !== null && code === 'forbidden')
    return (
      <EmptyState title="This is not for you to see" action={elsewhere}>
        {sentence(messageOf(error))}
      </EmptyState>
    );
  if (data !== undefined) return children(data);
  if (error !== null) return <ProblemNote error={error} onRetry={() => void query.refetch()} />;
  return <Loading label={label}>{skeleton}</Loading>;
}
