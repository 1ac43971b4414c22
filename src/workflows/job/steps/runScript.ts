import { randomUUID } from 'node:crypto';
import { constants, existsSync, writeFileSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../../platform/errors.ts';
import { type Contexts, evaluateText, type Functions } from '../../expressions/index.ts';
import type { RunScript } from '../../language/model.ts';
import type { Execution, Job, StepRun } from '../job.ts';
import { readShell, type Shell, unnamedShell } from '../shell/shells.ts';
import { contextsOf, evaluating } from './contexts.ts';
import { runProcess } from './runProcess.ts';

/** Runs a `run:` in its shell. */
export function runScript(run: StepRun, does: RunScript): Promise<Execution> {
  const { job, step } = run;
  return runProcess(run, async (files, env) => {
    const contexts = contextsOf(job, step, run.env, files);
    const evaluated = await evaluating(job, step.scope, (functions) =>
      evaluateScript(does, step.scope.defaults, contexts, functions),
    );
    const { workspace, temporary } = job.host.directories;
    const cwd = resolve(workspace, evaluated.workingDirectory ?? '');
    await mustBeDirectory(job, cwd, evaluated.workingDirectory);
    const path = env.PATH ?? '';
    // In a container GitHub takes sh, whatever its image has.
    const bash =
      evaluated.shell || job.place.mode === 'container' ? undefined : await find(job, 'bash', path);
    const shell = evaluated.shell ? readShell(evaluated.shell) : unnamedShell(bash !== undefined);
    const command = bash ?? (await find(job, shell.command, path));
    if (command === undefined) throw noShell(shell, path);
    const file = join(temporary, `${randomUUID()}${shell.extension}`);
    writeFileSync(file, shell.prepare(evaluated.script));
    return { argv: [command, ...shell.args.map((arg) => arg.replaceAll('{0}', file))], cwd };
  });
}

function evaluateScript(
  { script, shell, workingDirectory }: RunScript,
  defaults: StepRun['step']['scope']['defaults'],
  contexts: Contexts,
  functions: Functions,
) {
  const text = (template: { readonly value: string } | null | undefined) =>
    template ? evaluateText(template.value, contexts, functions) : null;
  return {
    script: evaluateText(script.value, contexts, functions),
    shell: text(shell) || text(defaults?.shell),
    workingDirectory: text(workingDirectory) || text(defaults?.workingDirectory),
  };
}

async function mustBeDirectory({ place }: Job, path: string, written: string | null): Promise<void> {
  const stats = await stat(place.outside(path)).catch(() => undefined);
  if (stats?.isDirectory()) return;
  const what = stats === undefined ? 'does not exist' : 'is not a directory';
  throw new AppError('invalid_input', `the working directory ${written ?? path} ${what} (${path})`);
}

/** Where a command lies for steps with this PATH. */
async function find(job: Job, command: string, path: string): Promise<string | undefined> {
  if (command.includes('/')) return command;
  const { place } = job;
  // Who looks for what is not there, and waits for each answer, looks for a millisecond. Once steps have run, their
  // mounts may be anything: whoever waits for one that hangs must not hold up this process.
  const isOurs = job.commandCount === 0 && place.mode !== 'container';
  for (const directory of path.split(':')) {
    const file = resolve('/', directory, command);
    if (isOurs && !existsSync(place.outside(file))) continue;
    const isThere = await access(place.outside(file), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}

function noShell({ command }: Shell, path: string): AppError {
  const message = `shell: there is no ${command} on this machine (PATH is ${path}): install it, or name another shell`;
  return new AppError('invalid_input', message);
}
