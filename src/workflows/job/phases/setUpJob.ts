import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../../platform/errors.ts';
import {
  groupName,
  openResourceGroup,
  type ResourceGroup,
  type SharedPlace,
} from '../../../platform/processes/index.ts';
import { ExpressionError, evaluateText } from '../../expressions/index.ts';
import type { JobSpec } from '../../plan/jobSpec.ts';
import type { JobHost } from '../../run/jobHost.ts';
import { resolveActions } from '../actions/resolveActions.ts';
import { LineMatching } from '../commands/lineMatching.ts';
import { type JobContainers, openContainers } from '../containers/openContainers.ts';
import { wantedContainers } from '../containers/wantedContainers.ts';
import type { Job } from '../job.ts';
import type { Masks } from '../output/masks.ts';
import type { Observer } from '../output/observer.ts';
import { LogBudget, type StepOutput } from '../output/stepOutput.ts';
import { contextsOf, evaluating } from '../steps/contexts.ts';
import { nextOutput } from './jobStep.ts';
import { newJob } from './newJob.ts';
import { entersGroup, openPlace, ownTmpOf } from './openPlace.ts';

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
    matching: new LineMatching(),
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
  const eventPath = makeDirectories(spec, host);
  const actions = await resolveOrExplain(spec, host);
  if ('refused' in actions) return { ...actions, cancelled: false };
  const group = await openGroup(host);
  const used = [...actions.values()].map(({ directory }) => directory);
  const opened = await openWhere(spec, host, { used, enter: group?.enter ?? [], output });
  if ('refused' in opened) {
    await group?.remove();
    return { ...opened, cancelled: host.cancel.aborted };
  }
  const { place, containers } = opened;
  const commands = { ...shared.commands, outside: place.outside };
  const job = newJob(spec, host, { ...shared, commands, place, containers, group, actions }, eventPath);
  try {
    await evaluateEnv(job);
    output.line(`Isolation: ${place.mode} (${place.reason})`);
    if (group !== undefined) output.line(`Limits of memory and processes: ${group.by}`);
    return { job };
  } catch (error) {
    await place.end();
    await group?.remove();
    if (error instanceof ExpressionError) return { refused: `env: ${error.message}`, cancelled: false };
    throw error;
  }
}

function makeDirectories({ contexts }: JobSpec, { directories }: JobHost): string {
  const { workspace, home, temporary, toolCache } = directories;
  const eventPath = join(temporary, '_github_workflow', 'event.json');
  for (const directory of [workspace, home, temporary, toolCache, dirname(eventPath), ownTmpOf(temporary)])
    mkdirSync(directory, { recursive: true });
  writeFileSync(eventPath, JSON.stringify(contexts.github.event ?? {}));
  return eventPath;
}

async function openGroup(host: JobHost): Promise<ResourceGroup | undefined> {
  return entersGroup(host) ? openResourceGroup(groupName(host.marker), host.limits) : undefined;
}

interface Around {
  readonly used: readonly string[];
  readonly enter: readonly string[];
  readonly output: StepOutput;
}

/** Where steps run, and the containers of the job, which end with that. */
async function openWhere(
  spec: JobSpec,
  host: JobHost,
  { used, enter, output }: Around,
): Promise<{ place: SharedPlace; containers: JobContainers | null } | { refused: string }> {
  const containers = await containersOf(spec, host, used, output);
  if (containers !== null && 'refused' in containers) return containers;
  const place = await openPlace(host, used, enter);
  if (containers === null) return 'refused' in place ? place : { place, containers };
  if ('refused' in place) {
    await containers.end();
    return place;
  }
  const end = async () => {
    const [left] = await Promise.all([place.end(), containers.end()]);
    return left;
  };
  return {
    place: { ...(containers.place ?? place), end },
    containers: { ...containers, outside: place },
  };
}

async function containersOf(
  spec: JobSpec,
  host: JobHost,
  used: readonly string[],
  output: StepOutput,
): Promise<JobContainers | { refused: string } | null> {
  try {
    const wanted = wantedContainers(spec, host);
    if (wanted === null) return null;
    const tmp = ownTmpOf(host.directories.temporary);
    return await openContainers({ ...wanted, used, tmp }, host, (line) => output.line(line));
  } catch (error) {
    if (error instanceof AppError || error instanceof ExpressionError) return { refused: error.message };
    throw error;
  }
}

async function resolveOrExplain(spec: JobSpec, host: JobHost): Promise<Job['actions'] | { refused: string }> {
  try {
    return await resolveActions(spec.steps, host);
  } catch (error) {
    if (error instanceof AppError) return { refused: error.message };
    throw error;
  }
}

async function evaluateEnv(job: Job): Promise<void> {
  const step = { scope: job.scope, action: '', repository: '', ref: '' };
  for (const { name, text } of [...job.spec.workflowEnv, ...job.spec.env])
    job.env[name.value] = await evaluating(job, job.scope, (functions) =>
      evaluateText(text.value, contextsOf(job, step), functions),
    );
}
