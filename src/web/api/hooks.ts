import {
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { useRef } from 'react';
import type { CallInput, CallOutput } from '../../contract/endpoint.ts';
import { client } from './client.ts';
import { type AnyEndpoint, keyOf } from './queryKey.ts';

export interface ApiOptions {
  /** Ask only while this is true. */
  readonly enabled?: boolean;
  /** Show the answer to the former question while the next is asked: for filters and searches. */
  readonly keepPrevious?: boolean;
  /** Ask anew whenever it is shown: for what changes without an event, such as the caller's sessions. */
  readonly fresh?: boolean;
}

/** The answer of a GET, kept, shared between all who ask, and asked again when the server says it changed. */
export function useApi<E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E>,
  { enabled = true, keepPrevious = false, fresh = false }: ApiOptions = {},
): UseQueryResult<CallOutput<E>, Error> {
  return useQuery({
    ...apiQuery(endpoint, input),
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(fresh ? { refetchOnMount: 'always' as const } : {}),
  }) as UseQueryResult<CallOutput<E>, Error>;
}

/** How a GET is asked and kept: for `useQueries`, where it is not known beforehand how many there are. */
export const apiQuery = <E extends AnyEndpoint>(endpoint: E, input: CallInput<E>) => ({
  queryKey: keyOf(endpoint, input),
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<CallOutput<E>> =>
    client.call(endpoint, input, { signal }),
});

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}
type ItemOf<E> = CallOutput<E> extends Page<infer Item> ? Item : never;

/** The items of a keyset-paged GET, page after page, as one list. */
export type Paged<E> = UseInfiniteQueryResult<
  { items: ItemOf<E>[]; first: CallOutput<E> | undefined },
  Error
>;

/** All pages of a paged GET that were asked for so far. */
export function useApiPages<E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E>,
  { enabled = true, keepPrevious = false, fresh = false }: ApiOptions = {},
): Paged<E> {
  return useInfiniteQuery({
    queryKey: [...keyOf(endpoint, input), 'pages'],
    queryFn: ({ pageParam, signal }) => {
      const { query, ...rest } = input as { query?: Record<string, unknown> };
      const asked = { ...rest, query: { ...query, ...(pageParam === '' ? {} : { cursor: pageParam }) } };
      return client.call(endpoint, asked as CallInput<E>, { signal }) as Promise<Page<ItemOf<E>>>;
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    select: ({ pages }) => ({
      items: pages.flatMap((page) => page.items),
      first: pages[0] as CallOutput<E> | undefined,
    }),
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(fresh ? { refetchOnMount: 'always' as const } : {}),
  }) as Paged<E>;
}

/**
 * An action on the server. Show its `error` with a ProblemNote where it was taken. A repetition of the same
 * attempt (a double click, a retry after a broken connection) carries the same idempotency key; after it was
 * answered the next one is a new action.
 */
export function useAction<E extends AnyEndpoint>(
  endpoint: E,
  options: { onSuccess?: (answer: CallOutput<E>, input: CallInput<E>) => void } = {},
): UseMutationResult<CallOutput<E>, Error, CallInput<E>> {
  const attempt = useRef<{ input: string; key: string }>(undefined);
  return useMutation({
    mutationFn: async (input: CallInput<E>) => {
      const said = JSON.stringify(input);
      if (attempt.current?.input !== said) attempt.current = { input: said, key: newKey() };
      const { key } = attempt.current;
      const answer = await client.call(endpoint, input, endpoint.idempotent ? { idempotencyKey: key } : {});
      attempt.current = undefined;
      return answer;
    },
    ...(options.onSuccess === undefined ? {} : { onSuccess: options.onSuccess }),
  });
}

/** `crypto.randomUUID` is not there on plain http from another machine. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
