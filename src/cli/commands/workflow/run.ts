import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Conclusion, RunOutcome, RunWorkflowOptions } from '../../../workflows/run/index.ts';
import { wholeNumber } from '../../arguments.ts';
import { defineCommand, type Run } from '../../command.ts';
import { parseDuration } from '../../duration.ts';
import { type ExitCode, exitCodes } from '../../exitCodes.ts';
import { plainText } from '../../output/plainText.ts';
import { parseSize } from '../../output/size.ts';
import { showRefusal } from '../../workflow/findings.ts';
import { openRunView } from '../../workflow/view.ts';
import { collect, collectMatrix, collectPair, gatherPairs, type Pair } from './pairs.ts';
import { readPayload } from './payload.ts';

interface Options {
  readonly event?: string;
  readonly eventFile?: string;
  readonly job?: readonly string[];
  readonly matrix?: readonly Pair[];
  readonly input?: readonly Pair[];
  readonly var?: readonly string[];
  readonly varFile?: readonly string[];
  readonly secret?: readonly string[];
  readonly secretsFile?: readonly string[];
  readonly env?: readonly Pair[];
  readonly clean?: boolean;
  readonly actions?: readonly string[];
  readonly artifacts?: string;
  readonly isolation: RunWorkflowOptions['isolation'];
  readonly image?: string;
  readonly jobs?: number;
  readonly timeout?: string;
  readonly memory?: string;
  readonly processes?: number;
  readonly log?: string;
  readonly disk?: string;
  readonly keep?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
}

export const runWorkflowCommand = defineCommand<Options>({
  name: 'run <workflow>',
  summary: 'run a workflow on this machine, as GitHub would',
  details:
    'Needs no server, only a git checkout. The workflow is a file, the name of one in .github/workflows, or the name that stands in one. Jobs work on copies of the working tree as it is, also with what is not committed; the checkout itself is never touched. Exits with 0 when the run succeeds, 1 when it fails, 2 when the workflow is wrong or cannot run here, and 130 when it was cancelled: Ctrl-C cancels as GitHub does, and a second one kills.',
  options: [
    new Option('-e, --event <name>', 'the event that starts it; by default one that the workflow asks for'),
    new Option('--event-file <file>', 'the payload of the event, as JSON'),
    new Option('-j, --job <job>', 'only this job and what it needs (repeatable)').argParser(collect),
    new Option('--matrix <key:value>', 'only these combinations (repeatable)').argParser(collectMatrix),
    new Option('--input <name=value>', 'an input of workflow_dispatch (repeatable)').argParser(collectPair),
    new Option('--var <name=value>', 'a configuration variable, vars.NAME (repeatable)').argParser(collect),
    new Option('--var-file <file>', 'variables from a file of NAME=VALUE lines').argParser(collect),
    new Option(
      '-s, --secret <name[=value]>',
      'a secret, without a value from the environment (repeatable)',
    ).argParser(collect),
    new Option('--secrets-file <file>', 'secrets from a file of NAME=VALUE lines').argParser(collect),
    new Option('--env <name=value>', 'an environment variable of all steps (repeatable)').argParser(
      collectPair,
    ),
    new Option('--clean', 'workspaces begin empty, as on GitHub, and not with the working tree'),
    new Option('--actions <place>', 'a directory or git server to take actions from (repeatable)').argParser(
      collect,
    ),
    new Option('--artifacts <directory>', 'keep artifacts here'),
    new Option('--isolation <how>', 'how steps are kept in')
      .choices(['auto', 'none', 'namespace', 'container'])
      .default('auto'),
    new Option('--image <image>', 'what jobs run in with --isolation container (else SLIPWAY_JOB_IMAGE)'),
    new Option('--jobs <count>', 'so many jobs at once; by default one a core').argParser(wholeNumber),
    new Option('--timeout <duration>', 'cancel the run after this long'),
    new Option('--memory <size>', 'the most memory that a job may take'),
    new Option('--processes <count>', 'the most processes and threads that a job may have').argParser(
      wholeNumber,
    ),
    new Option('--log <size>', 'the most that a job may write into its log'),
    new Option('--disk <size>', 'the most disk that a job may fill'),
    new Option('--keep', 'leave the workspaces, and say where'),
    new Option('-v, --verbose', 'the output of all steps, and steps of little interest'),
    new Option('--debug', 'debug messages of steps too, as with ACTIONS_STEP_DEBUG'),
  ],
  examples: [
    ['slipway workflow run test.yml', 'as a push of this branch would'],
    ['slipway workflow run test --job unit --matrix node:24', 'a part of it'],
    ['slipway workflow run release --event workflow_dispatch --input level=minor', 'by hand'],
    ['slipway workflow run ci --secret NPM_TOKEN --actions ~/mirror', 'a secret from the environment'],
    ['slipway workflow run ci --json', 'each event as a line, for a script'],
  ],
  async run(run, workflow = '') {
    const { options } = run;
    const view = openRunView(run.out, { verbose: options.verbose === true, now: run.now });
    const cancel = new AbortController();
    const kill = new AbortController();
    const request = await requestOf(run, workflow);
    const { runWorkflow } = await import('../../../workflows/run/index.ts');
    const timer = limitTime(options.timeout, () => {
      view.note(`the run takes longer than ${options.timeout} and is cancelled`);
      cancel.abort();
    });
    try {
      const outcome = await run.interrupts.duringWork(
        (times) => {
          view.note(times === 1 ? 'cancelling: what still has to run runs; Ctrl-C again kills' : 'killing');
          (times === 1 ? cancel : kill).abort();
        },
        () =>
          runWorkflow({
            ...request,
            observe: view.take,
            note: view.note,
            cancel: cancel.signal,
            kill: kill.signal,
          }),
      );
      view.close();
      return report(run, outcome);
    } finally {
      clearTimeout(timer);
      view.close();
    }
  },
});

type Request = Omit<RunWorkflowOptions, 'observe' | 'note' | 'cancel' | 'kill'>;

async function requestOf({ options, env, now }: Run<Options>, workflow: string): Promise<Request> {
  const variables = { files: options.varFile ?? [], given: options.var ?? [] };
  const secrets = { files: options.secretsFile ?? [], given: options.secret ?? [] };
  return {
    directory: process.cwd(),
    workflow,
    event: options.event ?? null,
    payload: await readPayload(options.eventFile),
    inputs: toRecord(options.input),
    vars: await gatherPairs('--var', variables, env),
    secrets: await gatherPairs('--secret', secrets, env),
    env: toRecord(options.env),
    select: { jobs: options.job ?? [], matrix: toLists(options.matrix) },
    clean: options.clean === true,
    keep: options.keep === true,
    jobsAtOnce: options.jobs ?? availableParallelism(),
    isolation: options.image === undefined ? options.isolation : 'container',
    image: options.image ?? (env.SLIPWAY_JOB_IMAGE || null),
    limits: {
      memoryBytes: options.memory === undefined ? undefined : parseSize(options.memory),
      processes: options.processes,
      logBytes: options.log === undefined ? undefined : parseSize(options.log),
      diskBytes: options.disk === undefined ? undefined : parseSize(options.disk),
    },
    actions: options.actions ?? [],
    artifacts: options.artifacts === undefined ? null : resolve(options.artifacts),
    debug: options.debug === true,
    processEnv: env,
    now,
  };
}

const toRecord = (pairs: readonly Pair[] = []): Record<string, string> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

/** Several values of a key mean any of them. */
function toLists(pairs: readonly Pair[] = []): Record<string, string[]> {
  const lists: Record<string, string[]> = {};
  for (const { key, value } of pairs) lists[key] = [...(lists[key] ?? []), value];
  return lists;
}

function limitTime(timeout: string | undefined, onTime: () => void): NodeJS.Timeout | undefined {
  return timeout === undefined ? undefined : setTimeout(onTime, parseDuration(timeout) * 1000);
}

const exitCodeOf: Record<Conclusion, ExitCode> = {
  success: exitCodes.done,
  // Nothing failed: what had to be left out was left out.
  skipped: exitCodes.done,
  failure: exitCodes.unsuccessful,
  cancelled: exitCodes.interrupted,
};

/** What there is to say of a run that did not begin, and the exit code. */
function report({ out }: Run<Options>, outcome: RunOutcome): ExitCode {
  switch (outcome.kind) {
    case 'finished':
      return exitCodeOf[outcome.conclusion];
    case 'refused':
      showRefusal(out, outcome.findings, outcome.sources);
      return exitCodes.refused;
    case 'not-started':
      if (out.json) out.record({ kind: 'not_started', event: outcome.event, reason: outcome.reason });
      else out.line(plainText(`${outcome.event} does not start ${outcome.file}: ${outcome.reason}`));
      return exitCodes.refused;
  }
}
