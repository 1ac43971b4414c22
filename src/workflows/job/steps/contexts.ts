import { hashFiles } from '../../actions/index.ts';
import { type Contexts, evaluateText, type Functions, type Value } from '../../expressions/index.ts';
import type { CommandFiles } from '../files/commandFiles.ts';
import type { Job, PlannedStep, Scope } from '../job.ts';

/** What expressions of a step see. `env` is what its own `env:` came to, as far as that is known. */
export function contextsOf(
  job: Job,
  step: Pick<PlannedStep, 'scope' | 'action' | 'repository' | 'ref'>,
  env: Readonly<Record<string, string>> = {},
  files?: CommandFiles,
): Contexts {
  const { scope } = step;
  return {
    ...(scope.action === null ? job.contexts : withoutSecrets(job.contexts)),
    github: githubOf(job, step, files),
    env: { ...job.env, ...scope.env, ...env },
    job: { status: job.status, ...job.containers?.context },
    runner: job.runner,
    steps: scope.steps as unknown as Value,
    inputs: scope.inputs,
  };
}

/** A composite action sees what it is given, not the secrets of who uses it. */
function withoutSecrets({ secrets: _secrets, vars: _vars, needs: _needs, ...rest }: Contexts): Contexts {
  return rest;
}

/** The `github` context of a step. */
export function githubOf(
  job: Job,
  { scope, action, repository, ref }: Pick<PlannedStep, 'scope' | 'action' | 'repository' | 'ref'>,
  files?: CommandFiles,
): Record<string, Value> {
  return {
    ...job.contexts.github,
    action,
    action_repository: repository,
    action_ref: ref,
    ...(scope.action === null ? {} : { action_path: scope.action.directory, action_status: scope.status }),
    ...files,
  };
}

/** Adds to `env` what the `env:` of a step says. Throws `ExpressionError`. */
export async function evaluateEnv(job: Job, step: PlannedStep, env: Record<string, string>): Promise<void> {
  for (const { name, text } of step.env)
    env[name.value] = await evaluating(job, step.scope, (functions) =>
      evaluateText(text.value, contextsOf(job, step, env), functions),
    );
}

/**
 * Evaluates with the functions that a job gives. `hashFiles` takes its time, but expressions cannot wait: what it
 * is asked is looked up after a first attempt, and evaluated again.
 */
export async function evaluating<T>(
  job: Job,
  scope: Scope,
  evaluate: (functions: Functions) => T,
): Promise<T> {
  const known = new Map<string, string>();
  for (;;) {
    let asked: string[] | undefined;
    const hash = (...patterns: Value[]): Value => {
      const texts = patterns.map(String);
      const found = known.get(JSON.stringify(texts));
      if (found !== undefined) return found;
      asked = texts;
      throw new Error('hashFiles is looked up first');
    };
    try {
      return evaluate({ ...statusFunctions(job, scope), hashFiles: hash });
    } catch (error) {
      if (asked === undefined) throw error;
      known.set(JSON.stringify(asked), await hashFiles(job.host.directories.workspace, asked));
    }
  }
}

function statusFunctions(job: Job, scope: Scope): Functions {
  const status = () => (job.status === 'cancelled' ? 'cancelled' : scope.status);
  return {
    always: () => true,
    success: () => status() === 'success',
    failure: () => status() === 'failure',
    cancelled: () => job.status === 'cancelled',
  };
}
