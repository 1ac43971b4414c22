import type { StepCommands } from '../commands/commandState.ts';
import type { StepRun } from '../job.ts';
import { isReserved } from './environment.ts';

/** What commands in the output and in the files of a process do, and in which they failed. */
export interface RecordedCommands extends StepCommands {
  readonly failures: string[];
}

export function stepCommandsOf(run: StepRun, env: Readonly<Record<string, string>>): RecordedCommands {
  const { job, step, outputs, output } = run;
  const failures: string[] = [];
  return {
    env,
    failures,
    fail: (message) => failures.push(message),
    setOutput: (name, value) => {
      outputs[name] = value;
    },
    saveState: (name, value) => {
      step.state[name] = value;
    },
    setEnv: (name, value) => {
      if (name.toUpperCase() === 'NODE_OPTIONS') return output.error(`${name} cannot be set for later steps`);
      if (isReserved(name))
        return output.warn(`${name} is given by the job itself and cannot be set for later steps`);
      job.env[name] = value;
    },
    addPath: (path) => {
      job.path = [path, ...job.path.filter((other) => other !== path)];
    },
  };
}
