import { checkExpressions, type FoundExpressions } from './checkExpressions.ts';
import { checkStepList } from './checkJobs.ts';
import { convertStep } from './convertStep.ts';
import { conditionField, entriesOf, fieldOf, isTrue, itemsOf, textField } from './fields.ts';
import { finish, hasError, reportsOf, sortFindings } from './finish.ts';
import type { ActionDefinition } from './model.ts';
import { readYaml } from './readYaml.ts';
import { actionSchema } from './schema/loadSchema.ts';
import { type Report, validate } from './schema/validate.ts';
import type { Finding, Located, Range, YamlNode } from './source.ts';

/** An `action.yml` with all that is known of its text. */
export interface InspectedAction extends FoundExpressions {
  readonly action: ActionDefinition | null;
  readonly root: YamlNode | null;
  readonly hasAliases: boolean;
  readonly findings: readonly Finding[];
}

/** Reads an `action.yml` as `readWorkflow` does a workflow. */
export function readAction(
  text: string,
  file: string,
): { action: ActionDefinition | null; findings: Finding[] } {
  const { action, findings } = inspectAction(text, file);
  return { action: hasError(findings) ? null : action, findings: [...findings] };
}

/** The same for who wants to look closer, also at a file that is wrong. */
export function inspectAction(text: string, file: string): InspectedAction {
  const { lines, root, problems, hasAliases } = readYaml(text);
  const reports = reportsOf(problems, lines);
  if (root === null)
    return { action: null, root, lines, hasAliases, expressions: [], findings: finish(reports, file) };
  const validation = validate(actionSchema(), root, 'action-root-strict');
  const expressions = checkExpressions(validation.sites, lines);
  const action = convertAction(root, file);
  const steps = action.runs.kind === 'composite' ? action.runs.steps : [];
  const [errors, warnings] = partition(validation.reports, fieldOf(root, 'runs'));
  reports.push(...errors, ...expressions.reports, ...checkStepList(steps));
  const findings = sortFindings([...finish(reports, file), ...finish(warnings, file, 'warning')]);
  return { action, root, lines, hasAliases, expressions: expressions.found, findings };
}

/** What is wrong outside of `runs` keeps an action from the marketplace, not from running. */
function partition(reports: readonly Report[], runs: YamlNode | null): [Report[], Report[]] {
  const isInside = ({ at, rule }: Report) =>
    runs === null ||
    rule === 'expression' ||
    (compareStarts(at, runs.at) >= 0 && at.start.line <= runs.at.end.line);
  return [reports.filter(isInside), reports.filter((report) => !isInside(report))];
}

function compareStarts(a: Range, b: Range): number {
  return a.start.line - b.start.line || a.start.column - b.start.column;
}

function convertAction(root: YamlNode, file: string): ActionDefinition {
  return {
    file,
    name: textField(root, 'name')?.value ?? '',
    description: textField(root, 'description')?.value ?? null,
    inputs: entriesOf(fieldOf(root, 'inputs')).map(({ key, value }) => ({
      name: key,
      required: isTrue(fieldOf(value, 'required')),
      default: textField(value, 'default'),
      deprecationMessage: textField(value, 'deprecationMessage')?.value ?? null,
    })),
    outputs: entriesOf(fieldOf(root, 'outputs')).map(({ key, value }) => ({
      name: key,
      value: textField(value, 'value'),
    })),
    runs: convertRuns(fieldOf(root, 'runs'), root),
  };
}

function convertRuns(node: YamlNode | null, root: YamlNode): ActionDefinition['runs'] {
  const using: Located<string> = textField(node, 'using') ?? { value: '', at: root.at };
  const text = (name: string) => textField(node, name)?.value ?? null;
  if (using.value === 'composite') {
    return { kind: 'composite', steps: itemsOf(fieldOf(node, 'steps')).map(convertStep) };
  }
  if (using.value === 'docker') return { kind: 'docker', image: textField(node, 'image') ?? using };
  return {
    kind: 'node',
    using,
    main: text('main') ?? '',
    pre: text('pre'),
    preIf: conditionField(node, 'pre-if')?.value ?? null,
    post: text('post'),
    postIf: conditionField(node, 'post-if')?.value ?? null,
  };
}
