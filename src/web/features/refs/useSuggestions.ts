import { useDeferredValue } from 'react';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { type Suggestion, type SuggestionSources, suggestionsFor } from './suggestions.ts';

export interface SuggestionsAsked {
  readonly repository: string;
  readonly typed: string;
  readonly special: SuggestionSources['special'];
  readonly withCommits: boolean;
  /** Nothing is asked before somebody looks. */
  readonly enabled: boolean;
}

/** What a repository has that fits the typed text. */
export function useSuggestions(asked: SuggestionsAsked): Suggestion[] {
  const { repository, typed, special, withCommits, enabled } = asked;
  const search = useDeferredValue(typed.trim().slice(0, 200));
  const params = { repository };
  const refs = useApi(
    api.listRefs,
    { params, query: { limit: 60, ...(search === '' ? {} : { search }) } },
    { enabled, keepPrevious: true },
  );
  const commits = useApi(
    api.listCommits,
    { params, query: { limit: 100 } },
    { enabled: enabled && withCommits },
  );
  return suggestionsFor(typed, {
    refs: refs.data?.items ?? [],
    commits: commits.data?.items ?? [],
    special,
  });
}
