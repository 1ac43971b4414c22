import { join } from 'node:path';
import { AppError } from '../../src/platform/errors.ts';
import { runJob } from '../../src/workflows/job/index.ts';
import { readWorkflow } from '../../src/workflows/language/index.ts';
import type { RunEvent } from '../../src/workflows/run/events.ts';
import type { JobHost } from '../../src/workflows/run/jobHost.ts';
import type { Scratch } from './scratch.ts';

let jobs = 0;

/** Runs one job of these scripts, each a step, and hands on what it tells. Throws when it ends otherwise than expected. */
export async function runScripts(
  scratch: Scratch,
  scripts: readonly string[],
  onEvent: (event: RunEvent) => void,
  { visible = [], ...more }: Partial<JobHost> & { visible?: readonly string[] } = {},
): Promise<void> {
  jobs += 1;
  const directory = await scratch.directory();
  const text = JSON.stringify({
    on: 'push',
    jobs: { bench: { 'runs-on': 'linux', steps: scripts.map((run) => ({ run })) } },
  });
  const job = readWorkflow(text, 'bench.yml').workflow?.jobs[0];
  if (job?.kind !== 'steps') throw new AppError('internal', 'the workflow of the benchmark is wrong');
  const host: JobHost = {
    directories: {
      workspace: join(directory, 'workspace'),
      home: join(directory, 'home'),
      temporary: join(directory, 'temporary'),
      toolCache: join(directory, 'tools'),
      visible,
    },
    machineEnv: { PATH: process.env.PATH ?? '' },
    serviceEnv: {},
    secrets: {},
    actions: {
      find: () => Promise.reject(new AppError('not_found', 'there are no actions')),
      findWorkflow: () => Promise.reject(new AppError('not_found', 'there are no workflows')),
    },
    observe: (event) => {
      onEvent(event);
      return undefined;
    },
    isolation: 'auto',
    limits: {},
    cancel: new AbortController().signal,
    marker: `bench-job-${process.pid}-${jobs}`,
    debug: false,
    ...more,
  };
  const { conclusion } = await runJob(
    {
      key: 'bench',
      path: 'bench',
      id: 'bench',
      name: 'bench',
      file: 'bench.yml',
      labels: ['linux'],
      environment: null,
      container: null,
      services: null,
      workflowEnv: [],
      env: [],
      defaults: { shell: null, workingDirectory: null },
      outputs: [],
      steps: job.steps,
      timeoutMinutes: 10,
      continueOnError: false,
      groups: [],
      permissions: {},
      contexts: { github: {}, inputs: {}, vars: {}, needs: {}, strategy: {}, matrix: null },
      secrets: 'none',
    },
    host,
  );
  if (conclusion !== 'success' && !host.kill?.aborted)
    throw new Error(`the job of the benchmark ended with ${conclusion}`);
}
