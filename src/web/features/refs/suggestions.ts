import type { z } from 'zod';
import type { Commit, Ref as RefSchema } from '../../../contract/repositories.ts';

export type Ref = z.infer<typeof RefSchema>;

/** Something that can be shipped, as a person would name it. */
export interface Suggestion {
  /** What is typed for it. */
  readonly value: string;
  readonly group: 'Here' | 'Branches' | 'Tags' | 'Commits';
  readonly sha: string | null;
  /** What it is: the subject of its commit. */
  readonly about: string;
  readonly at: string | null;
}

export interface SuggestionSources {
  readonly refs: readonly Ref[];
  readonly commits: readonly Pick<Commit, 'sha' | 'short_sha' | 'subject' | 'committed_at'>[];
  /** What `:current` and `:previous` mean where it would be shipped; empty where nothing is. */
  readonly special: readonly {
    readonly name: ':current' | ':previous';
    readonly sha: string;
    readonly about: string;
  }[];
}

const mostOfAKind = 8;

/** What fits the typed text, best first: what is special here, then branches, tags and recent commits. */
export function suggestionsFor(typed: string, { refs, commits, special }: SuggestionSources): Suggestion[] {
  const wanted = typed.trim().toLowerCase();
  const fits = (...texts: string[]) => texts.some((text) => text.toLowerCase().includes(wanted));
  const named = (kind: Ref['kind']) =>
    refs
      .filter((ref) => ref.kind === kind && fits(ref.name))
      .sort(byFit(wanted))
      .slice(0, mostOfAKind);
  return [
    ...special
      .filter(({ name }) => fits(name))
      .map(({ name, sha, about }) => suggestion('Here', name, { sha, about })),
    ...named('branch').map((ref) => ofRef('Branches', ref)),
    ...named('tag').map((ref) => ofRef('Tags', ref)),
    ...commits
      .filter((commit) => commit.sha.startsWith(wanted) || fits(commit.subject))
      .slice(0, mostOfAKind)
      .map((commit) =>
        suggestion('Commits', commit.short_sha, {
          sha: commit.sha,
          about: commit.subject,
          at: commit.committed_at,
        }),
      ),
  ];
}

/** The name itself, the default branch, names that begin with it; then as they came: newest first. */
const byFit = (wanted: string) => (a: Ref, b: Ref) => rank(b, wanted) - rank(a, wanted);

function rank(ref: Ref, wanted: string): number {
  const name = ref.name.toLowerCase();
  return (name === wanted ? 4 : 0) + (ref.default ? 2 : 0) + (name.startsWith(wanted) ? 1 : 0);
}

const ofRef = (group: Suggestion['group'], ref: Ref): Suggestion =>
  suggestion(group, ref.name, { sha: ref.sha, about: ref.subject, at: ref.committed_at });

const suggestion = (
  group: Suggestion['group'],
  value: string,
  { sha, about, at = null }: { sha: string; about: string; at?: string | null },
): Suggestion => ({ group, value, sha, about, at });
