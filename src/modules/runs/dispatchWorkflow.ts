import { basename, join } from 'node:path';
import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { SurveyedWorkflow } from '../../workflows/commit/index.ts';
import { describeFinding } from '../../workflows/language/index.ts';
import { audit } from '../audit/index.ts';
import type { History, RepositoryRow } from '../repositories/index.ts';
import { recordTrigger } from '../triggers/index.ts';
import { assertMayRun } from './findRun.ts';
import { workflowStem } from './runs.ts';
import { groundOf, type RunsContext } from './runsContext.ts';

/** Which workflow somebody wants to start by hand, and where. */
export interface Dispatch {
  readonly workflow: string;
  readonly ref?: string | undefined;
  readonly inputs: Readonly<Record<string, string | number | boolean>>;
}

/** The workflows of a ref as they are written there. */
export async function workflowsAt(
  context: RunsContext,
  history: History,
  repository: RepositoryRow,
  asked: string | undefined,
): Promise<{ ref: string; sha: string; workflows: SurveyedWorkflow[] }> {
  const ref = asked ?? repository.default_branch;
  if (ref === null)
    throw new AppError('conflict', `repository ${repository.name} has no default branch yet; name a ref`);
  const sha = await history.resolve(repository, ref);
  const ground = await groundOf(context, repository, join(context.paths.actions, '.laid-out'));
  const dispatch = {
    event: 'workflow_dispatch',
    ref: await fullRefOf(history, repository, ref),
    sha,
    before: null,
  };
  const workflows = await context.planner.survey(ground, {
    ...dispatch,
    actor: '',
    payload: null,
    inputs: {},
    trusted: true,
  });
  return { ref: dispatch.ref, sha, workflows };
}

/** What GitHub calls it: a branch before a tag; a bare commit is on the default branch, as far as anybody can say. */
async function fullRefOf(history: History, repository: RepositoryRow, ref: string): Promise<string> {
  if (ref.startsWith('refs/')) return ref;
  const refs = await history.refs(repository);
  for (const [kind, prefix] of [
    ['branch', 'refs/heads/'],
    ['tag', 'refs/tags/'],
  ] as const) {
    if (refs.some((one) => one.kind === kind && one.name === ref)) return `${prefix}${ref}`;
  }
  return `refs/heads/${repository.default_branch ?? 'main'}`;
}

/** Starts a workflow by hand. Inputs that it does not take, or lacks, are told at once, and nothing starts. */
export async function dispatchWorkflow(
  context: RunsContext,
  history: History,
  tx: Tx,
  now: Date,
  actor: Actor,
  repository: RepositoryRow,
  dispatch: Dispatch,
): Promise<{ trigger: number; sha: string }> {
  await assertMayRun(tx, actor, repository.name);
  const { ref, sha, workflows } = await workflowsAt(context, history, repository, dispatch.ref);
  const workflow = findWorkflow(workflows, dispatch.workflow, ref);
  checkInputs(workflow, dispatch.inputs);
  const trigger = await recordTrigger(tx, now, repository.name, {
    repositoryId: repository.id,
    event: 'workflow_dispatch',
    ref,
    sha,
    before: null,
    actor: actor.name,
    source: 'request',
    payload: { inputs: dispatch.inputs, ref },
    inputs: dispatch.inputs,
    file: workflow.file,
    trusted: true,
  });
  await audit(tx, now, actor, 'workflow.dispatch', `${repository.name}/${workflowStem(workflow.file)}`, {
    ref,
    sha,
  });
  return { trigger: trigger ?? 0, sha };
}

function findWorkflow(workflows: readonly SurveyedWorkflow[], wanted: string, ref: string): SurveyedWorkflow {
  const found =
    workflows.find(
      ({ file }) => file === wanted || basename(file) === wanted || workflowStem(file) === wanted,
    ) ?? workflows.find(({ name }) => name === wanted);
  if (found === undefined) {
    const known = workflows.map(({ file }) => workflowStem(file));
    const list = known.length === 0 ? 'there is none' : `there is ${known.join(', ')}`;
    throw new AppError('not_found', `no workflow "${wanted}" at ${ref}; ${list}`, { known });
  }
  if (found.verdict.kind === 'invalid') {
    const [first] = found.verdict.findings;
    throw new AppError('conflict', first === undefined ? found.file : describeFinding(first));
  }
  if (found.inputs !== null) return found;
  throw new AppError(
    'conflict',
    `${found.file} cannot be started by hand: its \`on:\` has no workflow_dispatch, but ${found.events.join(', ')}`,
  );
}

function checkInputs({ inputs, file }: SurveyedWorkflow, given: Dispatch['inputs']): void {
  const known = inputs ?? [];
  for (const name of Object.keys(given)) {
    if (known.some((input) => input.name.toLowerCase() === name.toLowerCase())) continue;
    const list =
      known.length === 0 ? 'it takes none' : `it takes ${known.map((input) => input.name).join(', ')}`;
    throw new AppError('invalid_input', `body.inputs.${name}: ${file} has no such input; ${list}`);
  }
  for (const input of known) {
    const value = Object.entries(given).find(([one]) => one.toLowerCase() === input.name.toLowerCase())?.[1];
    const problem =
      value === undefined || value === '' ? whyNeeded(input, file) : whyWrong(input, String(value));
    if (problem !== null) throw new AppError('invalid_input', `body.inputs.${input.name}: ${problem}`);
  }
}

type Input = NonNullable<SurveyedWorkflow['inputs']>[number];

const whyNeeded = ({ required, default: preset }: Input, file: string): string | null =>
  required && (preset === null || preset === '') ? `${file} requires it` : null;

function whyWrong({ type, options }: Input, value: string): string | null {
  if (type === 'choice' && !options.includes(value)) return `"${value}" is none of ${options.join(', ')}`;
  if (type === 'boolean' && !['true', 'false'].includes(value)) return `"${value}" is neither true nor false`;
  return type === 'number' && !Number.isFinite(Number(value)) ? `"${value}" is no number` : null;
}
