import type { WorkflowRun } from '../../../contract/runs.ts';

/** What a run runs in place of the commit that its jobs are checks of; null when it is that. */
export function ranInstead({
  sha,
  code_sha,
  event,
}: Pick<WorkflowRun, 'sha' | 'code_sha' | 'event'>): { readonly sha: string; readonly what: string } | null {
  if (code_sha === sha) return null;
  const what = event === 'pull_request' ? 'its merge with its base' : 'the default branch';
  return { sha: code_sha, what };
}
