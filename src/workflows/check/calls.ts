import { suggestion } from '../../platform/text/nearest.ts';
import { hasExpression } from '../expressions/index.ts';
import {
  type ActionDefinition,
  type CallJob,
  type InputDefinition,
  type Located,
  type Report,
  readAction,
  readWorkflow,
  type Step,
  type Trigger,
  type Workflow,
  type YamlNode,
} from '../language/index.ts';
import type { FileLibrary } from './fileLibrary.ts';

/** A file of the repository. */
export interface FoundFile {
  readonly path: string;
  readonly text: string;
}

/** Calls of actions and workflows of the same repository: do they pass what is declared there? */
export function checkCalls(workflow: Workflow, library: FileLibrary | null): Report[] {
  return workflow.jobs.flatMap((job) =>
    job.kind === 'call'
      ? checkCall(job, library)
      : job.steps.flatMap((step) => checkActionUses(step, library)),
  );
}

/** The file of a local workflow; null for another repository's, and when it is not there. */
export function workflowAt(uses: string, library: FileLibrary | null): FoundFile | null {
  if (library === null || !/^[.$]\//.test(uses)) return null;
  const path = uses.slice(2);
  const text = library.read(path);
  return text === null ? null : { path, text };
}

/** The file of a local action. One that is not there may be made by a step before. */
export function actionAt(uses: string, library: FileLibrary | null): FoundFile | null {
  if (library === null || !/^[.$]\//.test(uses) || uses.split('/').includes('..')) return null;
  const directory = uses.slice(2).replace(/\/+$/, '');
  for (const name of ['action.yml', 'action.yaml']) {
    const path = directory === '' ? name : `${directory}/${name}`;
    const text = library.read(path);
    if (text !== null) return { path, text };
  }
  return null;
}

function checkCall(job: CallJob, library: FileLibrary | null): Report[] {
  const { value, at } = job.uses;
  if (library === null || !/^[.$]\//.test(value)) return [];
  const found = workflowAt(value, library);
  if (found === null)
    return [{ rule: 'uses', message: `there is no file \`${value.slice(2)}\` in this repository`, at }];
  const { workflow } = readWorkflow(found.text, found.path);
  if (workflow === null) return [];
  const trigger = workflow.on.find(({ event }) => event.value === 'workflow_call');
  if (trigger === undefined) {
    return [
      { rule: 'uses', message: `\`${found.path}\` cannot be called: it lacks \`on: workflow_call\``, at },
    ];
  }
  return [...checkInputs(job, trigger, found.path), ...checkSecrets(job, trigger, found.path)];
}

function checkInputs(job: CallJob, { inputs }: Trigger, path: string): Report[] {
  const byName = new Map(inputs.map((input) => [input.name.value.toLowerCase(), input]));
  const names = inputs.map(({ name }) => name.value);
  const given = job.with.flatMap(({ name, value }) => {
    const input = byName.get(name.value.toLowerCase());
    if (input === undefined && hasExpression(name.value)) return [];
    if (input === undefined) return [unknown(name, 'input', path, names)];
    return checkType(name.value, value, input);
  });
  const required = inputs
    .filter((input) => input.required && input.default === null)
    .map(({ name }) => name.value);
  return [
    ...given,
    ...missing(
      job.uses,
      'input',
      required,
      job.with.map(({ name }) => name.value),
      path,
    ),
  ];
}

function checkType(name: string, node: YamlNode, { type }: InputDefinition): Report[] {
  if (node.kind !== 'scalar' || (typeof node.value === 'string' && hasExpression(node.value))) return [];
  const isWrong = (type === 'boolean' || type === 'number') && typeof node.value !== type;
  if (!isWrong) return [];
  const wanted = type === 'boolean' ? 'true or false' : 'a number';
  return [
    {
      rule: 'inputs',
      message: `input \`${name}\` is ${wanted}, not \`${String(node.value ?? '')}\``,
      at: node.at,
    },
  ];
}

function checkSecrets(job: CallJob, { secrets }: Trigger, path: string): Report[] {
  if (job.secrets === 'inherit') return [];
  const names = secrets.map(({ name }) => name.value);
  const folded = new Set(names.map((name) => name.toLowerCase()));
  const given = job.secrets.flatMap(({ name }) =>
    hasExpression(name.value) || folded.has(name.value.toLowerCase())
      ? []
      : [unknown(name, 'secret', path, names)],
  );
  const required = secrets.flatMap((secret) => (secret.required ? [secret.name.value] : []));
  return [
    ...given,
    ...missing(
      job.uses,
      'secret',
      required,
      job.secrets.map(({ name }) => name.value),
      path,
    ),
  ];
}

/** What a step passes to a local action. */
export function checkActionUses({ does }: Step, library: FileLibrary | null): Report[] {
  if (does.kind !== 'uses') return [];
  const found = actionAt(does.uses.value, library);
  const action: ActionDefinition | null = found === null ? null : readAction(found.text, found.path).action;
  if (found === null || action === null) return [];
  const byName = new Map(action.inputs.map((input) => [input.name.value.toLowerCase(), input]));
  const names = action.inputs.map(({ name }) => name.value);
  const given = does.with.flatMap(({ name }): Report[] => {
    const input = byName.get(name.value.toLowerCase());
    if (input?.deprecationMessage) {
      return [
        {
          rule: 'deprecated-input',
          message: `input \`${name.value}\` is deprecated: ${input.deprecationMessage}`,
          at: name.at,
        },
      ];
    }
    const isDocker =
      action.runs.kind === 'docker' && ['args', 'entrypoint'].includes(name.value.toLowerCase());
    return input !== undefined || isDocker || hasExpression(name.value)
      ? []
      : [unknown(name, 'input', found.path, names)];
  });
  const required = action.inputs
    .filter((input) => input.required && input.default === null)
    .map(({ name }) => name.value);
  return [
    ...given,
    ...missing(
      does.uses,
      'input',
      required,
      does.with.map(({ name }) => name.value),
      found.path,
    ),
  ];
}

function unknown(name: Located<string>, what: string, path: string, names: readonly string[]): Report {
  const hint = suggestion(name.value, names, '; it has none');
  return { rule: 'inputs', message: `\`${path}\` has no ${what} \`${name.value}\`${hint}`, at: name.at };
}

function missing(
  uses: Located<string>,
  what: string,
  required: readonly string[],
  given: readonly string[],
  path: string,
): Report[] {
  if (given.some(hasExpression)) return [];
  const folded = new Set(given.map((name) => name.toLowerCase()));
  return required
    .filter((name) => !folded.has(name.toLowerCase()))
    .map((name) => ({
      rule: 'inputs',
      message: `${what} \`${name}\` of \`${path}\` is required, and not given`,
      at: uses.at,
    }));
}
