import { join } from 'node:path';
import { AppError } from '../../platform/errors.ts';
import {
  detectIsolation,
  groupName,
  openControlGroup,
  openLauncher,
} from '../../platform/processes/index.ts';
import { packageRoot } from '../../platform/settings.ts';
import {
  type ActionSource,
  actionCacheDirectory,
  actionPlaces,
  listArtifacts,
  openActionSource,
} from '../actions/index.ts';
import type { WorkflowFile } from '../commit/index.ts';
import { type Finding, readWorkflow, type Workflow } from '../language/index.ts';
import type { Plan } from '../plan/index.ts';
import { type DescribedCheckout, describeCheckout } from './checkout/describeCheckout.ts';
import { type Checkout, findCheckout } from './checkout/findCheckout.ts';
import { findWorkflowFile } from './files/findWorkflowFile.ts';
import { machineEnvOf } from './machineEnv.ts';
import { openServices } from './openServices.ts';
import { makeRunDirectory, type RunDirectory, runsRoot, sweepRuns } from './place/runDirectory.ts';
import { copiedPlaces, copyPattern, emptyPlaces } from './place/workspaces.ts';
import { planLocally } from './planLocally.ts';
import { holdRunGroup } from './runGroup.ts';
import type { RunOutcome, RunWorkflowOptions } from './runOptions.ts';
import { countJobs, countSteps, type PlanHost, runPlan } from './runPlan.ts';

/** Runs a workflow of the checkout on this machine. No process, and without `keep` no file, of it is left. */
export async function runWorkflow(options: RunWorkflowOptions): Promise<RunOutcome> {
  // Takes a while, and is needed when the first job starts; whoever needs it meets its failure.
  if (options.isolation !== 'none') detectIsolation().catch(() => undefined);
  const checkout = await findCheckout(options.directory);
  const describing = describeCheckout(checkout, options.now());
  describing.catch(() => undefined);
  const file = await findWorkflowFile(checkout.root, options.directory, options.workflow);
  const { workflow, findings } = readWorkflow(file.text, file.file);
  if (workflow === null) return refused(findings, file);
  const root = runsRoot(options.processEnv);
  const [directory] = await Promise.all([makeRunDirectory(root), sweepRuns(root)]);
  try {
    return await planAndRun(options, { checkout, file, workflow, directory, described: await describing });
  } finally {
    if (!options.keep) await directory.remove();
  }
}

interface Ground {
  readonly checkout: Checkout;
  readonly file: WorkflowFile;
  readonly workflow: Workflow;
  readonly directory: RunDirectory;
  readonly described: DescribedCheckout;
}

async function planAndRun(options: RunWorkflowOptions, ground: Ground): Promise<RunOutcome> {
  const { checkout, directory, described } = ground;
  const pattern = options.clean ? null : copyPattern(checkout, described.originUrl, directory.path);
  // Heard of where it is needed, or nowhere when nothing is to run.
  pattern?.catch(() => undefined);
  try {
    const actions = openActions(options, ground);
    const planned = await planLocally(options, { ...ground, root: checkout.root, actions });
    if (planned.kind === 'refused') return withSource(planned, ground.file);
    if (planned.kind === 'not-started') return { ...planned, file: ground.file.file };
    const { plan } = planned;
    mustHaveImage(plan, options);
    tellOfNeeds(plan, options);
    const only = countJobs(plan) === 1;
    const places =
      pattern === null
        ? emptyPlaces(checkout, directory.path)
        : copiedPlaces(await pattern, checkout, { directory: directory.path, only });
    return await run(plan, options, ground, { places, actions });
  } finally {
    // Nothing of it may be written any more when its directory is removed.
    await pattern?.catch(() => undefined);
  }
}

function openActions(options: RunWorkflowOptions, { checkout, directory, described }: Ground): ActionSource {
  return openActionSource({
    places: actionPlaces(options.actions, options.processEnv),
    directory: join(directory.path, 'actions'),
    cacheDirectory: actionCacheDirectory(options.processEnv),
    checkout: {
      commonDir: checkout.commonDir,
      copied: !options.clean,
      server: null,
      serverUrl: described.facts.serverUrl,
    },
    signal: options.cancel,
  });
}

async function run(
  plan: Plan,
  options: RunWorkflowOptions,
  { checkout, directory, described }: Ground,
  has: Pick<PlanHost, 'places' | 'actions'>,
): Promise<RunOutcome> {
  const { secrets, observe, limits, cancel, kill, keep, debug } = options;
  const artifacts = options.artifacts ?? join(directory.path, 'artifacts');
  const services = await openServices({
    plan,
    checkout,
    defaultBranch: described.facts.defaultBranch,
    artifacts,
    env: options.processEnv,
  });
  const { note } = options;
  const group = await holdRunGroup(plan.concurrency, { repository: checkout.commonDir, cancel, note });
  const { launcher, end } = await startLauncher(plan, options, directory);
  const conclusion = await runPlan(plan, {
    ...has,
    secrets: withToken(secrets),
    observe,
    isolation: options.isolation,
    image: options.image,
    launcher,
    limits,
    cancel: group.cancel,
    kill,
    keep,
    debug,
    machineEnv: machineEnvOf(options.processEnv),
    serviceEnv: services.env,
    atOnce: options.jobsAtOnce,
    // The program of the built-in checkout is a part of Slipway.
    visible: [checkout.commonDir, directory.path, actionCacheDirectory(options.processEnv), packageRoot],
    marker: directory.marker,
  }).finally(async () => {
    await end();
    group.release();
    await services.close();
  });
  await tellOfArtifacts(artifacts, options);
  if (keep) options.note(`what the jobs left is in ${directory.path}`);
  return { kind: 'finished', conclusion };
}

/**
 * Who starts the processes of the jobs: where it is a process of its own, all of them together have a limit, as a job
 * has otherwise. To enter a group costs each step some milliseconds; like this it is entered once.
 */
async function startLauncher(
  plan: Plan,
  { limits, processEnv }: RunWorkflowOptions,
  { marker }: RunDirectory,
): Promise<{ launcher: PlanHost['launcher']; end: () => Promise<void> }> {
  if (countSteps(plan) < launchedSteps) return { launcher: undefined, end: () => Promise.resolve() };
  const group = limits.processes === undefined ? await openControlGroup(groupName(marker), {}) : undefined;
  const launcher = await openLauncher(processEnv, group?.enter);
  const end = async () => {
    launcher.close();
    await group?.remove();
  };
  return { launcher, end };
}

/** To start the process that starts others takes as long as this process takes over so many steps. */
const launchedSteps = 10;

/** There always is one on GitHub, and actions that do not need it refuse to start without. Nobody takes this one. */
function withToken(secrets: Readonly<Record<string, string>>): Record<string, string> {
  const isGiven = Object.keys(secrets).some((name) => name.toUpperCase() === 'GITHUB_TOKEN');
  return isGiven ? { ...secrets } : { ...secrets, GITHUB_TOKEN: 'a-local-run-has-no-token' };
}

async function tellOfArtifacts(directory: string, options: RunWorkflowOptions): Promise<void> {
  const names = (await listArtifacts(directory)).map(({ name }) => name);
  if (names.length === 0) return;
  const kept =
    options.artifacts === null ? 'gone with the run; --artifacts DIR keeps them' : `in ${directory}`;
  options.note(`artifacts (${names.join(', ')}) are ${kept}`);
}

/** Throws `AppError` for a job that could run in no container. */
function mustHaveImage({ jobs }: Plan, { isolation, image }: RunWorkflowOptions): void {
  if (isolation !== 'container' || image !== null) return;
  const bare = jobs.find((job) => job.kind === 'steps' && job.container === null);
  if (bare === undefined) return;
  const message = `isolation by containers needs an image for job ${bare.id}: say which with --image or SLIPWAY_JOB_IMAGE, or give the job a container`;
  throw new AppError('invalid_input', message);
}

/** Who asks for one job is told of those that come along. */
function tellOfNeeds({ jobs }: Plan, { select, note }: RunWorkflowOptions): void {
  const wanted = select.jobs.map((name) => name.toLowerCase());
  if (wanted.length === 0) return;
  const added = jobs.filter(({ call, id }) => call === null && !wanted.includes(id.toLowerCase()));
  if (added.length === 0) return;
  note(`also runs ${added.map(({ id }) => id).join(', ')}, which ${select.jobs.join(', ')} needs`);
}

const refused = (findings: readonly Finding[], file: WorkflowFile): RunOutcome =>
  withSource({ kind: 'refused', findings, sources: new Map() }, file);

const withSource = (outcome: RunOutcome & { kind: 'refused' }, { file, text }: WorkflowFile): RunOutcome => ({
  ...outcome,
  sources: new Map([...outcome.sources, [file, text]]),
});
