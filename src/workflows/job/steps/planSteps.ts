import { AppError } from '../../../platform/errors.ts';
import type { Step, UnsupportedStep } from '../../language/model.ts';
import { useAction } from '../actions/useAction.ts';
import type { Execution, Job, PlannedStep, Scope } from '../job.ts';
import { runScript } from './runScript.ts';

/** The main phase of a step as it is written, the `index`th of its scope. */
export function planStep(job: Job, step: Step, scope: Scope, index: number): PlannedStep {
  const { does } = step;
  const key = `${scope.key}/${index}`;
  const planned = {
    key,
    phase: 'main',
    scope,
    id: step.id?.value ?? null,
    name: step.name?.value ?? defaultName(step),
    condition: step.if?.value ?? null,
    env: step.env,
    continueOnError: step.continueOnError,
    timeoutMinutes: step.timeoutMinutes,
    state: stateOf(job, key),
  } as const;
  if (does.kind === 'unsupported')
    return { ...planned, action: '', repository: '', ref: '', execute: () => refuse(does) };
  const action =
    step.id?.value ?? uniqueName(scope, does.kind === 'run' ? '__run' : nameOfAction(does.uses.value));
  if (does.kind === 'run')
    return { ...planned, action, repository: '', ref: '', execute: (run) => runScript(run, does) };
  const { repository, ref } = takeApart(does.uses.value);
  return { ...planned, action, repository, ref, execute: (run) => useAction(run, does, planStep) };
}

/** Plans refuse such a job; an action may have such a step all the same. */
async function refuse({ what }: UnsupportedStep): Promise<Execution> {
  throw new AppError('invalid_input', `steps with ${what.value} do not run here`);
}

/** `Run npm test`, as GitHub shows a step without a name. */
function defaultName({ does }: Step): string {
  if (does.kind === 'unsupported') return does.what.value;
  if (does.kind === 'uses') return `Run ${does.uses.value}`;
  return `Run ${does.script.value.trimStart().split(/[\r\n]/)[0] ?? ''}`;
}

function nameOfAction(uses: string): string {
  if (uses.startsWith('.')) return '__self';
  const [owner = '', repository = ''] = uses.split('@')[0]?.split('/') ?? [];
  return `__${owner}_${repository}`;
}

/** `github.action`: the second step of the same name is `__run_2`. */
function uniqueName(scope: Scope, name: string): string {
  const count = (scope.names.get(name) ?? 0) + 1;
  scope.names.set(name, count);
  return count === 1 ? name : `${name}_${count}`;
}

function takeApart(uses: string): { repository: string; ref: string } {
  if (uses.startsWith('.') || uses.startsWith('docker:')) return { repository: '', ref: '' };
  const [path = '', ref = ''] = uses.split('@');
  return { repository: path.split('/').slice(0, 2).join('/'), ref };
}

/** The same for all phases of a step, however often it is planned. */
function stateOf(job: Job, key: string): Record<string, string> {
  const known = job.states.get(key);
  if (known !== undefined) return known;
  const state = {};
  job.states.set(key, state);
  return state;
}
