import type { Value } from '../../expressions/index.ts';
import type { CommandFiles } from '../files/commandFiles.ts';
import type { Job, PlannedStep } from '../job.ts';
import { githubOf } from './contexts.ts';

/** The keys of the `github` context that steps get as GITHUB_*: the fixed list of actions/runner. */
const githubKeys = [
  'action',
  'action_path',
  'action_ref',
  'action_repository',
  'actor',
  'actor_id',
  'api_url',
  'base_ref',
  'env',
  'event_name',
  'event_path',
  'graphql_url',
  'head_ref',
  'job',
  'output',
  'path',
  'ref',
  'ref_name',
  'ref_protected',
  'ref_type',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'retention_days',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'state',
  'step_summary',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'workspace',
] as const;

/** Whether the job itself gives this variable to each step, so that no step can set it for later ones. */
export function isReserved(name: string): boolean {
  const upper = name.toUpperCase();
  if (upper.startsWith('RUNNER_')) return true;
  return upper === 'GITHUB_ACTIONS' || githubKeys.some((key) => upper === `GITHUB_${key.toUpperCase()}`);
}

/** The whole environment of a process of a step: this machine's, the job's, the step's, and what says where it runs. */
export function environmentOf(
  job: Job,
  step: PlannedStep,
  stepEnv: Readonly<Record<string, string>>,
  files: CommandFiles,
): Record<string, string> {
  const { host, place } = job;
  const env: Record<string, string> = {
    ...(place.env ?? host.machineEnv),
    HOME: host.directories.home,
    TMPDIR: place.mode === 'process-group' ? (job.runner.temp ?? '/tmp') : '/tmp',
    CI: 'true',
    ...job.env,
    ...step.scope.env,
    ...stepEnv,
    GITHUB_ACTIONS: 'true',
  };
  const github = githubOf(job, step, files);
  for (const key of githubKeys) {
    const value = github[key];
    if (value !== undefined && value !== null) env[`GITHUB_${key.toUpperCase()}`] = textOf(value);
  }
  for (const [key, value] of Object.entries(job.runner)) env[`RUNNER_${key.toUpperCase()}`] = value;
  env.PATH = [...job.path, env.PATH ?? '/usr/local/bin:/usr/bin:/bin'].join(':');
  return env;
}

function textOf(value: Value): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
