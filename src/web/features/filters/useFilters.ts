import { useSearchParams } from 'wouter';

export interface Filters<Name extends string> {
  /** What each is set to; empty when it is not. */
  readonly values: Readonly<Record<Name, string>>;
  /** Those that are set: the query to ask with. */
  readonly query: Readonly<Partial<Record<Name, string>>>;
  readonly any: boolean;
  set(name: Name, value: string): void;
  clear(): void;
}

/** Filters of a list that stand in its address: to be sent to somebody, and to come back to. */
export function useFilters<Name extends string>(names: readonly Name[]): Filters<Name> {
  const [search, setSearch] = useSearchParams();
  const entries = names.map((name) => [name, search.get(name) ?? ''] as const);
  const set = entries.filter(([, value]) => value !== '');
  return {
    values: Object.fromEntries(entries) as Record<Name, string>,
    query: Object.fromEntries(set) as Partial<Record<Name, string>>,
    any: set.length > 0,
    set: (name, value) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    clear: () =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          for (const name of names) next.delete(name);
          return next;
        },
        { replace: true },
      ),
  };
}
