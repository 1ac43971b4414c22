import {
  findObjects,
  keepChangeMerge,
  type Merged,
  mergeCommits,
  refNameProblem,
} from '../../platform/git/index.ts';
import type { NewTrigger } from '../triggers/index.ts';
import type { DueDelivery } from './deliveryStore.ts';
import { isObject, textAt, valueAt } from './json.ts';
import type { Change } from './translate/meaning.ts';

/** What a change starts, and in words at which commits, where that is not to be expected. */
export interface ChangeTriggers {
  readonly triggers: readonly NewTrigger[];
  readonly words: string;
}

/**
 * `pull_request` runs what the change would become: the merge of its head into its base, as the mirror has that.
 * `pull_request_target` runs what the default branch is, with secrets, since nothing of the change is in it, and whoever
 * opens one chooses its base: an old branch may have a workflow whose holes were closed since. Both are checks of the head.
 */
export async function triggersOf(
  directory: string,
  delivery: DueDelivery,
  change: Change,
  defaultBranch: string,
): Promise<ChangeTriggers> {
  const branch = textAt(change.payload, 'pull_request', 'base', 'ref') ?? '';
  const base = await tipOf(directory, branch);
  const target = branch === defaultBranch ? base : await tipOf(directory, defaultBranch);
  const merged = base === null ? null : await mergeCommits(directory, base, change.headSha);
  if (merged?.kind === 'merged') await keepChangeMerge(directory, change.number, merged.sha);
  const code = codeOf(merged, delivery, branch);
  const common = {
    repositoryId: delivery.repository_id,
    sha: change.headSha,
    before: null,
    actor: change.sender,
    source: 'webhook',
    payload: withBaseSha(change.payload, base),
  } as const;
  const ofMerge: NewTrigger = {
    ...common,
    event: 'pull_request',
    ref: `refs/pull/${change.number}/merge`,
    codeSha: code.sha,
    trusted: !change.fork,
    // What was signed, and not the name beside it, which anybody can change who has caught a delivery.
    key: `webhook:${delivery.digest}`,
  };
  const ofDefault: NewTrigger = {
    ...common,
    event: 'pull_request_target',
    ref: `refs/heads/${defaultBranch}`,
    codeSha: target,
    trusted: true,
    key: `webhook:${delivery.digest}:target`,
  };
  return {
    triggers: [...(code.runs ? [ofMerge] : []), ...(target === null ? [] : [ofDefault])],
    words: code.words,
  };
}

async function tipOf(directory: string, branch: string): Promise<string | null> {
  if (refNameProblem(branch) !== null) return null;
  const [found] = await findObjects(directory, [`refs/heads/${branch}`]);
  return found?.type === 'commit' ? found.sha : null;
}

/** GitHub runs nothing for a change that conflicts. The others do not look at the base, and run the head. */
function codeOf(
  merged: Merged | null,
  { provider }: DueDelivery,
  branch: string,
): { runs: boolean; sha: string | null; words: string } {
  if (merged?.kind === 'merged') return { runs: true, sha: merged.sha, words: '' };
  if (merged?.kind !== 'conflict') {
    const why =
      merged === null ? `the mirror has no branch ${branch.slice(0, 200)}` : 'git is older than 2.38';
    return { runs: true, sha: null, words: `; its head runs, since ${why}` };
  }
  const conflict = `it conflicts with ${branch.slice(0, 200)} ${placesOf(merged.files)}`;
  if (provider === 'github')
    return {
      runs: false,
      sha: null,
      words: `; ${conflict}: pull_request starts nothing until that is resolved`,
    };
  return { runs: true, sha: null, words: `; ${conflict}: its head runs` };
}

function placesOf(files: readonly string[]): string {
  if (files.length === 0) return '(no history in common)';
  const few = files.slice(0, 3).map((file) => file.slice(0, 200));
  return `(${few.join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''})`;
}

/** GitLab does not say where the branch stands that a change is for; the mirror does. */
function withBaseSha(
  payload: Readonly<Record<string, unknown>>,
  sha: string | null,
): Readonly<Record<string, unknown>> {
  const request = valueAt(payload, 'pull_request');
  const base = valueAt(request, 'base');
  if (!isObject(request) || !isObject(base) || textAt(base, 'sha') !== undefined) return payload;
  return { ...payload, pull_request: { ...request, base: { ...base, sha } } };
}
