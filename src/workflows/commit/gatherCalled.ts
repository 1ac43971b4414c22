import { AppError } from '../../platform/errors.ts';
import type { ActionSource } from '../actions/index.ts';
import {
  type ActionDefinition,
  type CallJob,
  type Finding,
  readWorkflow,
  resolveOwnUses,
  type Step,
  type Workflow,
} from '../language/index.ts';
import { resolveCall } from '../plan/index.ts';

/** The text of a file of the repository, by its path in it; null when there is none. */
export type ReadFile = (file: string) => Promise<string | null>;

/** A workflow file: its name relative to the repository, and its text. */
export interface WorkflowFile {
  readonly file: string;
  readonly text: string;
}

/** What a workflow refers to, read so that it can be planned. */
interface Called {
  /** By `uses` as `resolveCall` spells it. */
  readonly workflows: Readonly<Record<string, Workflow>>;
  /** Of the repository, by `uses`. */
  readonly actions: Readonly<Record<string, ActionDefinition>>;
  readonly brokenActions: Readonly<Record<string, string>>;
  /** What is wrong with them. */
  readonly findings: readonly Finding[];
  /** The texts of the files that were read, for whoever shows a place in one. */
  readonly sources: ReadonlyMap<string, string>;
}

/** More levels are refused by the plan. */
const mostCalled = 100;

/** Reads the workflows that a workflow calls, directly or not, and the actions of the repository that they use. */
export async function gatherCalled(
  workflow: Workflow,
  root: string,
  source: ActionSource,
  readFile: ReadFile,
): Promise<Called> {
  const workflows: Record<string, Workflow> = {};
  const actions: Record<string, ActionDefinition> = {};
  const brokenActions: Record<string, string> = {};
  const findings: Finding[] = [];
  const sources = new Map<string, string>();

  async function visit(visited: Workflow, name: string | null): Promise<void> {
    for (const job of visited.jobs) {
      if (job.kind === 'steps') await Promise.all(resolveOwnUses(job.steps, name).map(visitAction));
      else await visitCall(visited, job, resolveCall(job.uses.value, name));
    }
  }

  async function visitCall(visited: Workflow, job: CallJob, called: string): Promise<void> {
    if (called in workflows || Object.keys(workflows).length >= mostCalled) return;
    const file = await readCalled(called, source, readFile).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      findings.push({
        severity: 'error',
        rule: 'call',
        message: error.message,
        file: visited.file,
        at: job.uses.at,
      });
      return null;
    });
    if (file === null) return;
    sources.set(file.file, file.text);
    const read = readWorkflow(file.text, file.file);
    findings.push(...read.findings.filter(({ severity }) => severity === 'error'));
    if (read.workflow === null) return;
    workflows[called] = read.workflow;
    await visit(read.workflow, called);
  }

  /** One that is not there may still be made by a step before it. */
  async function visitAction({ does }: Step): Promise<void> {
    const uses = does.kind === 'uses' ? does.uses.value : '';
    if (!uses.startsWith('./') || uses in actions) return;
    const found = await source.find(uses, root).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'invalid_input') brokenActions[uses] = error.message;
      return null;
    });
    if (found === null) return;
    actions[uses] = found.definition;
    const { runs } = found.definition;
    if (runs.kind === 'composite') await Promise.all(runs.steps.map(visitAction));
  }

  await visit(workflow, null);
  return { workflows, actions, brokenActions, findings, sources };
}

async function readCalled(called: string, source: ActionSource, readFile: ReadFile): Promise<WorkflowFile> {
  if (!called.startsWith('./')) return source.findWorkflow(called);
  const file = called.slice(2);
  const text = await readFile(file);
  if (text !== null) return { file, text };
  throw new AppError('not_found', `there is no workflow ${called} in this repository`);
}
