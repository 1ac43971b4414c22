import type { JobAssignment } from '../../contract/jobs.ts';
import type { Lease } from '../../contract/runner.ts';
import type { JobSpec } from '../../workflows/plan/index.ts';
import { repositoryById } from '../repositories/index.ts';
import type { JobGatewayContext } from './gatewayContext.ts';
import { selectSpec } from './jobStore.ts';
import { selectGithub } from './runStore.ts';
import { type JobRow, jobName, type RunRow } from './runs.ts';

/** All that a runner needs to run a job. */
export async function assignmentOf(
  { db, values, publicUrl }: JobGatewayContext,
  { job, run }: { job: JobRow; run: RunRow },
  lease: Lease,
  token: string,
): Promise<JobAssignment> {
  const [stored, planned, repository] = await Promise.all([
    selectSpec(db, job.id),
    selectGithub(db, run.id),
    repositoryById(db, run.repository_id),
  ]);
  const [secrets, variables] = await Promise.all([
    run.trusted ? values.secrets(run.repository_id, job.environment) : {},
    values.variables(run.repository_id, job.environment),
  ]);
  const github = { ...planned, run_attempt: String(run.attempt) };
  const contexts = { ...stored?.contexts, github, vars: { ...stored?.contexts.vars, ...variables } };
  const defaultRef = `refs/heads/${repository.default_branch ?? 'main'}`;
  return {
    lease,
    name: jobName(run, job),
    runId: run.id,
    attempt: run.attempt,
    losses: job.losses,
    repository: run.repository,
    repositoryId: run.repository_id,
    sha: run.code_sha ?? run.sha,
    spec: { ...stored, contexts } as JobSpec,
    secrets,
    token,
    url: `${publicUrl}/git/${run.repository}.git`,
    cacheScopes: run.ref === defaultRef ? [run.ref] : [run.ref, defaultRef],
    debug: false,
  };
}
