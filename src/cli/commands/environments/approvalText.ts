import type { WorkflowEnvironment } from '../../../contract/workflowEnvironments.ts';

/** Who must agree before a job may use an environment. */
export function approvalText({ approval, teams }: WorkflowEnvironment): string {
  if (approval === 'none') return '-';
  if (approval === 'deployers') return 'who may deploy';
  return teams.length === 0 ? 'admins (its teams were deleted)' : teams.join(', ');
}
