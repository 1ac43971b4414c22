import {
  type Finding,
  finish,
  inspectAction,
  inspectWorkflow,
  type Report,
  sortFindings,
} from '../language/index.ts';
import { checkActionUses, checkCalls } from './calls.ts';
import { checkCircles } from './circles.ts';
import { checkComparisons } from './comparisons.ts';
import { checkConditions } from './conditions.ts';
import { checkConstants } from './constants.ts';
import type { FileLibrary } from './fileLibrary.ts';
import { checkFilters } from './filters.ts';
import { checkInputDefaults } from './inputDefaults.ts';
import { checkNames } from './names.ts';
import { checkObjectsAsText } from './objectsAsText.ts';
import { severityOf } from './rules.ts';
import { checkSchedules } from './schedules.ts';
import { actionScopes, workflowScopes } from './scopes.ts';
import { checkScripts } from './scripts.ts';
import { checkShells } from './shells.ts';

/** Whether a file describes an action; anything else is a workflow. */
export const isActionFile = (file: string): boolean => /(?:^|[/\\])action\.ya?ml$/.test(file);

/**
 * All that can be said about a workflow or an `action.yml` without running it, in the order of the file. Without a
 * library nothing is said about other files. Nothing that a text can hold throws.
 */
export function checkFile(text: string, file: string, library: FileLibrary | null): Finding[] {
  return isActionFile(file) ? checkAction(text, file, library) : checkWorkflow(text, file, library);
}

function checkWorkflow(text: string, file: string, library: FileLibrary | null): Finding[] {
  const inspected = inspectWorkflow(text, file);
  const { workflow } = inspected;
  if (workflow === null) return [...inspected.findings];
  const scopes = workflowScopes(inspected, library);
  const reports = [
    ...checkNames(inspected, scopes),
    ...checkObjectsAsText(inspected),
    ...checkComparisons(inspected),
    ...checkConditions(inspected),
    ...checkConstants(inspected),
    ...checkScripts(
      inspected,
      workflow.jobs.flatMap((job) => (job.kind === 'steps' ? job.steps : [])),
    ),
    ...checkShells(workflow),
    ...checkInputDefaults(workflow),
    ...checkSchedules(workflow),
    ...checkFilters(workflow),
    ...checkCalls(workflow, library),
    ...checkCircles({ workflow, steps: [] }, library),
  ];
  return combine(inspected.findings, reports, file);
}

function checkAction(text: string, file: string, library: FileLibrary | null): Finding[] {
  const inspected = inspectAction(text, file);
  const { action } = inspected;
  if (action === null) return [...inspected.findings];
  const scopes = actionScopes(inspected, library);
  const steps = action.runs.kind === 'composite' ? action.runs.steps : [];
  const reports = [
    ...checkNames(inspected, scopes),
    ...checkObjectsAsText(inspected),
    ...checkComparisons(inspected),
    ...checkConditions(inspected),
    ...checkConstants(inspected),
    ...checkScripts(inspected, steps),
    ...steps.flatMap((step) => checkActionUses(step, library)),
    ...checkCircles({ workflow: null, steps }, library),
  ];
  return combine(inspected.findings, reports, file);
}

function combine(findings: readonly Finding[], reports: readonly Report[], file: string): Finding[] {
  const errors = reports.filter(({ rule }) => severityOf(rule) === 'error');
  const warnings = reports.filter(({ rule }) => severityOf(rule) === 'warning');
  return sortFindings([...findings, ...finish(errors, file), ...finish(warnings, file, 'warning')]);
}
