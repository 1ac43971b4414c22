import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { openSharedPlace, type SharedPlace } from '../../../platform/processes/index.ts';
import { ExpressionError, evaluateText, type Value } from '../../expressions/index.ts';
import type { JobSpec } from '../../plan/jobSpec.ts';
import type { JobHost } from '../../run/jobHost.ts';
import type { Job, Scope } from '../job.ts';
import type { Masks } from '../output/masks.ts';
import type { Observer } from '../output/observer.ts';
import { LogBudget, type StepOutput } from '../output/stepOutput.ts';
import { contextsOf, evaluating } from '../steps/contexts.ts';
import { nextOutput } from './jobStep.ts';

type SetUp = { job: Job } | { refused: string; cancelled: boolean };

/** The first step of each job: its place, its contexts, its environment, and the actions that it will use. */
export async function setUpJob(
  spec: JobSpec,
  host: JobHost,
  observer: Observer,
  masks: Masks,
): Promise<SetUp> {
  const startedAt = performance.now();
  await observer.tell({ kind: 'step_started', step: 1, name: 'Set up job', phase: 'set-up' });
  const commands = {
    masks,
    workspace: host.directories.workspace,
    outside: (path: string) => path,
    debug: host.debug,
    echo: host.debug,
    matchers: [],
  };
  const shared = { observer, masks, budget: new LogBudget(host.limits.logBytes), commands };
  const output = nextOutput(shared, 1);
  const setUp = await tryToSetUp(spec, host, shared, output);
  if ('refused' in setUp) output.error(setUp.refused);
  await output.endOfProcess();
  const conclusion = 'job' in setUp ? 'success' : setUp.cancelled ? 'cancelled' : 'failure';
  await observer.tell({
    kind: 'step_finished',
    step: 1,
    outcome: conclusion,
    conclusion,
    detail: 'refused' in setUp ? masks.text(setUp.refused) : null,
    durationMs: Math.round(performance.now() - startedAt),
  });
  return setUp;
}

async function tryToSetUp(
  spec: JobSpec,
  host: JobHost,
  shared: Pick<Job, 'observer' | 'masks' | 'budget' | 'commands'>,
  output: StepOutput,
): Promise<SetUp> {
  if (host.cancel.aborted) return { refused: 'the job was cancelled before it began', cancelled: true };
  const eventPath = await makeDirectories(spec, host);
  const place = await openPlace(host);
  if ('refused' in place) return { ...place, cancelled: false };
  const job = jobOf(
    spec,
    host,
    { ...shared, commands: { ...shared.commands, outside: place.outside } },
    place,
    eventPath,
  );
  try {
    await evaluateEnv(job);
    output.line(`Isolation: ${place.mode} (${place.reason})`);
    return { job };
  } catch (error) {
    await place.end();
    if (error instanceof ExpressionError) return { refused: `env: ${error.message}`, cancelled: false };
    throw error;
  }
}

async function makeDirectories({ contexts }: JobSpec, { directories }: JobHost): Promise<string> {
  const { workspace, home, temporary, toolCache } = directories;
  const eventPath = join(temporary, '_github_workflow', 'event.json');
  for (const directory of [workspace, home, temporary, toolCache, dirname(eventPath), ownTmpOf(temporary)])
    await mkdir(directory, { recursive: true });
  await writeFile(eventPath, JSON.stringify(contexts.github.event ?? {}));
  return eventPath;
}

const ownTmpOf = (temporary: string) => join(temporary, '_tmp');

function openPlace({ directories, isolation, marker }: JobHost): Promise<SharedPlace | { refused: string }> {
  const { workspace, home, temporary, toolCache, visible = [] } = directories;
  return openSharedPlace({
    marker,
    isolation: isolation === 'none' ? 'process-group' : isolation,
    tmp: {
      directory: ownTmpOf(temporary),
      keep: [workspace, home, temporary, toolCache, process.execPath, ...visible],
    },
  });
}

const architectures: Readonly<Record<string, string>> = {
  x64: 'X64',
  arm64: 'ARM64',
  ia32: 'X86',
  arm: 'ARM',
};

function jobOf(
  spec: JobSpec,
  host: JobHost,
  shared: Pick<Job, 'observer' | 'masks' | 'budget' | 'commands'>,
  place: SharedPlace,
  eventPath: string,
): Job {
  const { directories, secrets } = host;
  const { github, vars, needs, strategy, matrix, inputs } = spec.contexts;
  const scope: Scope = {
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
    place,
    ...shared,
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
    actions: new Map(),
    running: new Set(),
    posts: [],
    summary: '',
    stepCount: 1,
    commandCount: 0,
    lingering: [],
  };
}

async function evaluateEnv(job: Job): Promise<void> {
  const step = { scope: job.scope, action: '', repository: '', ref: '' };
  for (const { name, text } of [...job.spec.workflowEnv, ...job.spec.env])
    job.env[name.value] = await evaluating(job, job.scope, (functions) =>
      evaluateText(text.value, contextsOf(job, step), functions),
    );
}
