import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { Value } from '../../expressions/index.ts';
import type { JobSpec } from '../../plan/jobSpec.ts';
import type { JobHost } from '../../run/jobHost.ts';
import type { Job, Scope } from '../job.ts';

const architectures: Readonly<Record<string, string>> = {
  x64: 'X64',
  arm64: 'ARM64',
  ia32: 'X86',
  arm: 'ARM',
};

/** A job before its first step. */
export function newJob(
  spec: JobSpec,
  host: JobHost,
  parts: Pick<
    Job,
    'observer' | 'masks' | 'budget' | 'commands' | 'place' | 'containers' | 'group' | 'actions'
  >,
  eventPath: string,
): Job {
  const { directories, secrets } = host;
  const { github, vars, needs, strategy, matrix, inputs } = spec.contexts;
  const scope: Scope = {
    key: '',
    steps: {},
    inputs,
    env: {},
    action: null,
    defaults: spec.defaults,
    status: 'success',
    names: new Map(),
  };
  const token = secrets.GITHUB_TOKEN ?? secrets.github_token ?? '';
  return {
    spec,
    host,
    ...parts,
    scope,
    contexts: {
      github: { token, ...github, job: spec.id, workspace: directories.workspace, event_path: eventPath },
      vars,
      needs: needs as unknown as Value,
      strategy,
      matrix,
      secrets,
    },
    runner: {
      os: 'Linux',
      arch: architectures[process.arch] ?? process.arch,
      name: hostname(),
      environment: 'self-hosted',
      temp: directories.temporary,
      tool_cache: directories.toolCache,
      workspace: dirname(directories.workspace),
      ...(host.debug ? { debug: '1' } : {}),
    },
    env: {},
    path: [],
    status: 'success',
    detail: null,
    states: new Map(),
    running: new Set(),
    posts: [],
    summary: '',
    stepCount: 1,
    commandCount: 0,
    lingering: [],
  };
}
