import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../platform/errors.ts';
import type { FoundAction } from '../../actions/index.ts';
import type { NodeRuns } from '../../language/model.ts';
import type { Execution, StepRun } from '../job.ts';
import { runProcess } from '../steps/runProcess.ts';
import { inputVariables } from './inputs.ts';

/** A JavaScript action: what it is, and what it was given. */
export interface NodeAction {
  readonly found: FoundAction;
  readonly runs: NodeRuns;
  readonly inputs: Readonly<Record<string, string>>;
}

/** Runs one of the scripts of a JavaScript action by this very Node, whichever version it asks for. */
export function runNode(run: StepRun, { found, inputs }: NodeAction, script: string): Promise<Execution> {
  const { job, step } = run;
  const file = join(found.directory, script);
  const outside = found.builtIn ? job.containers?.outside : undefined;
  return runProcess(run, async () => {
    await access((outside ?? job.place).outside(file)).catch(() => {
      const message = `${found.definition.name}: its action.yml names ${script}, which is not there (${file})`;
      throw new AppError('not_found', message);
    });
    const state = Object.entries(step.state).map(([name, value]) => [`STATE_${name}`, value]);
    return {
      argv: [process.execPath, file],
      cwd: job.host.directories.workspace,
      place: outside,
      env: {
        ...(outside === undefined ? {} : job.host.machineEnv),
        ...job.host.serviceEnv,
        ...inputVariables(inputs),
        ...Object.fromEntries(state),
      },
    };
  });
}
