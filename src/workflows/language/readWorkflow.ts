import { checkExpressions, type FoundExpressions } from './checkExpressions.ts';
import { checkJobs } from './checkJobs.ts';
import { checkTriggers } from './checkTriggers.ts';
import { convertJob } from './convertJob.ts';
import { convertConcurrency, convertDefaults, convertPermissions } from './convertSettings.ts';
import { convertTriggers } from './convertTriggers.ts';
import { entriesOf, fieldOf, templateEntries, textField } from './fields.ts';
import { finish, hasError, reportsOf } from './finish.ts';
import type { Workflow } from './model.ts';
import { readYaml } from './readYaml.ts';
import { workflowSchema } from './schema/loadSchema.ts';
import { type Report, validate } from './schema/validate.ts';
import type { Finding, YamlNode } from './source.ts';

/** A workflow with all that is known of its text; what is wrong in it is listed, and left out as far as it must be. */
export interface InspectedWorkflow extends FoundExpressions {
  /** Null when the text is not YAML. */
  readonly workflow: Workflow | null;
  readonly root: YamlNode | null;
  /** Some of its values stand in it more than once. */
  readonly hasAliases: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Reads a workflow: what GitHub would refuse is found, with its place. `workflow` is null when anything was.
 * Nothing that a text can hold throws.
 */
export function readWorkflow(text: string, file: string): { workflow: Workflow | null; findings: Finding[] } {
  const { workflow, findings } = inspectWorkflow(text, file);
  return { workflow: hasError(findings) ? null : workflow, findings: [...findings] };
}

/** The same for who wants to look closer, also at a file that is wrong. */
export function inspectWorkflow(text: string, file: string): InspectedWorkflow {
  const { lines, root, problems, hasAliases } = readYaml(text);
  const reports = reportsOf(problems, lines);
  if (root === null)
    return { workflow: null, root, lines, hasAliases, expressions: [], findings: finish(reports, file) };
  const validation = validate(workflowSchema(), root, 'workflow-root-strict');
  const expressions = checkExpressions(validation.sites, lines);
  const workflow = convertWorkflow(root, file);
  reports.push(
    ...validation.reports,
    ...expressions.reports,
    ...checkTriggers(workflow),
    ...checkJobs(workflow),
    ...checkAnyJob(root),
  );
  return {
    workflow,
    root,
    lines,
    hasAliases,
    expressions: expressions.found,
    findings: finish(reports, file),
  };
}

function checkAnyJob(root: YamlNode): Report[] {
  const jobs = fieldOf(root, 'jobs');
  if (jobs?.kind !== 'mapping' || jobs.entries.length > 0) return [];
  return [{ rule: 'empty', message: 'a workflow needs at least one job', at: jobs.at }];
}

function convertWorkflow(root: YamlNode, file: string): Workflow {
  return {
    file,
    name: textField(root, 'name'),
    runName: textField(root, 'run-name'),
    on: convertTriggers(fieldOf(root, 'on')),
    env: templateEntries(fieldOf(root, 'env')),
    defaults: convertDefaults(fieldOf(root, 'defaults')),
    permissions: convertPermissions(fieldOf(root, 'permissions')),
    concurrency: convertConcurrency(fieldOf(root, 'concurrency')),
    jobs: entriesOf(fieldOf(root, 'jobs')).map(({ key, value }) => convertJob(key, value)),
  };
}
