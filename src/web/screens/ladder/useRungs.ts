import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { Rung } from '../../../contract/apps.ts';
import type { CallOutput } from '../../../contract/endpoint.ts';
import { api } from '../../../contract/index.ts';
import type { EventRecord } from '../../../contract/system.ts';
import { client } from '../../api/client.ts';
import { useEvents } from '../../app/liveContext.tsx';

type RungsPage = CallOutput<typeof api.listRungs>;
type Pages = InfiniteData<RungsPage, string>;

export interface Rungs {
  readonly rungs: readonly Rung[];
  /** Undefined until the first page is there. */
  readonly first: RungsPage | undefined;
  readonly error: Error | null;
  readonly more: boolean;
  readonly loadingMore: boolean;
  loadMore(): void;
  retry(): void;
}

const pageSize = 100;
const none: readonly Rung[] = [];

/**
 * The commits of a ref as an app sees them, page after page. Kept under a key of its own: where environments stand
 * is the app's to say, so a deploy asks for none of these pages again; a check asks for the one that it is on, and
 * only a ref that moved for all of them.
 */
export function useRungs(app: string, repository: string | undefined, ref: string | undefined): Rungs {
  const queries = useQueryClient();
  const queryKey = ['ladder', app, ref ?? null];
  const ask = (cursor: string, signal?: AbortSignal) =>
    client.call(
      api.listRungs,
      { params: { app }, query: { limit: pageSize, ...(cursor === '' ? { ref } : { cursor }) } },
      signal === undefined ? {} : { signal },
    );
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask(pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    select: joinPages,
    // Comparing thousands of commits with themselves takes longer than drawing the few in sight.
    structuralSharing: false,
  });

  const renewAll = () => void queries.invalidateQueries({ queryKey });
  useEvents((event) => {
    const pages = queries.getQueryData<Pages>(queryKey);
    if (event.kind.startsWith('configuration.')) renewAll();
    else if (event.kind.startsWith('repository.') && event.subject === repository) lookForNews(pages);
    else if (event.kind.startsWith('check.') && pages !== undefined) renewPageOf(pages, shaOf(event));
  });

  // Where the short way fails the long one is gone: it is tried again, and says what is wrong.
  function lookForNews(pages: Pages | undefined): void {
    if (pages === undefined) renewAll();
    else ask('').then((head) => head.sha === pages.pages[0]?.sha || renewAll(), renewAll);
  }

  function renewPageOf(pages: Pages, sha: string): void {
    const index = pages.pages.findIndex((page) => page.items.some((rung) => rung.sha === sha));
    if (index === -1) return;
    ask(pages.pageParams[index] ?? '').then((page) => {
      queries.setQueryData<Pages>(queryKey, (now) => now && replacePage(now, index, page));
    }, renewAll);
  }

  return {
    rungs: query.data?.rungs ?? none,
    first: query.data?.first,
    error: query.error,
    more: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    retry: () => void (query.data === undefined ? query.refetch() : query.fetchNextPage()),
  };
}

const joinPages = ({ pages }: Pages) => ({ rungs: pages.flatMap((page) => page.items), first: pages[0] });

/** A page that begins elsewhere by now is left as it is: an event of its own has all of them asked again. */
const replacePage = (now: Pages, index: number, page: RungsPage): Pages =>
  now.pages[index]?.sha === page.sha ? { ...now, pages: now.pages.with(index, page) } : now;

/** The subject of a check's event is `repository@sha`. */
const shaOf = ({ subject }: EventRecord): string => subject.slice(subject.indexOf('@') + 1);
