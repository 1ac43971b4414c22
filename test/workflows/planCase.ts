import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ActionDefinition,
  readAction,
  readWorkflow,
  type Workflow,
} from '../../src/workflows/language/index.ts';
import {
  type CheckoutFacts,
  type Conclusion,
  type JobResult,
  type JobSpec,
  makeEvent,
  newRun,
  nextJobs,
  type Payload,
  type Plan,
  type PlanInput,
  planWorkflow,
  type RunState,
  recordCancellation,
  recordNext,
  recordResult,
} from '../../src/workflows/plan/index.ts';

/** `event.json` of a case: what happened, and how the jobs end. */
interface CaseFile {
  readonly event?: string;
  readonly payload?: Payload;
  readonly facts?: Partial<CheckoutFacts>;
  readonly message?: string;
  readonly activity?: string;
  readonly cron?: string;
  readonly changedFiles?: readonly string[];
  readonly inputs?: Payload;
  readonly vars?: Readonly<Record<string, string>>;
  readonly containerEngine?: boolean;
  readonly select?: Partial<NonNullable<PlanInput['select']>>;
  /** By key; `held` goes on until it is cancelled. What is not here succeeds. */
  readonly results?: Readonly<Record<string, Conclusion | 'held' | Partial<JobResult>>>;
  /** In which round somebody cancels the run. */
  readonly cancelInRound?: number;
  /** Keys of `github` to show. */
  readonly github?: readonly string[];
}

/** What comes of a case, short enough to be read: the plan, and each round of jobs until its conclusion. */
export function runCase(directory: string): unknown {
  const given = readJson(join(directory, 'event.json')) as CaseFile;
  const input = inputOf(directory, given);
  if ('findings' in input) return input;
  const result = planWorkflow(input);
  if (result.kind === 'not-started') return result;
  if (result.kind === 'refused') return { kind: 'refused', findings: result.findings.map(shownFinding) };
  // As a server would keep it.
  const plan = JSON.parse(JSON.stringify(result.plan)) as Plan;
  return { kind: 'planned', ...(shownPlan(plan, given) as object), rounds: roundsOf(plan, given) };
}

type Found = {
  readonly file: string;
  readonly message: string;
  readonly rule: string;
  readonly at: { readonly start: { readonly line: number; readonly column: number } };
};

function shownFinding({ file, at, rule, message }: Found): string {
  return `${file}:${at.start.line}:${at.start.column}: ${message} (${rule})`;
}

function inputOf(directory: string, given: CaseFile): PlanInput | { kind: 'unreadable'; findings: string[] } {
  const findings: string[] = [];
  const workflows: Record<string, Workflow> = {};
  const actions: Record<string, ActionDefinition> = {};
  const brokenActions: Record<string, string> = {};
  for (const name of readdirSync(directory).filter((file) => file.endsWith('.yml'))) {
    const text = readFileSync(join(directory, name), 'utf8');
    if (name.endsWith('.action.yml')) {
      const { action, findings: problems } = readAction(text, name);
      const uses = `./${name.replace('.action.yml', '')}`;
      if (action === null) brokenActions[uses] = problems.map(shownFinding).join('\n');
      else actions[uses] = action;
      continue;
    }
    // `owner,repo,name.yml,ref.yml` stands for `owner/repo/.github/workflows/name.yml@ref`.
    const remote = name.split(',');
    const [owner = '', repository = '', remoteFile = '', ref = ''] = remote;
    const uses =
      remote.length === 4
        ? `${owner}/${repository}/.github/workflows/${remoteFile}@${ref.replace('.yml', '')}`
        : `./.github/workflows/${name}`;
    const read = readWorkflow(text, uses.replace(/^\.\//, ''));
    findings.push(...read.findings.map(shownFinding));
    if (read.workflow !== null) workflows[uses] = read.workflow;
  }
  const workflow = workflows['./.github/workflows/workflow.yml'];
  if (workflow === undefined || findings.length > 0) return { kind: 'unreadable', findings };
  const { inputs = {}, vars = {}, containerEngine = false, select } = given;
  return {
    workflow,
    event: eventOf(given),
    inputs,
    vars,
    machine: { architecture: 'x64', labels: [], containerEngine },
    called: workflows,
    actions,
    brokenActions,
    ...(select === undefined ? {} : { select: { jobs: [], matrix: {}, ...select } }),
  };
}

function eventOf({
  event = 'push',
  payload,
  message,
  activity,
  cron,
  inputs,
  changedFiles,
  ...given
}: CaseFile) {
  const facts = { ...exampleFacts(message ?? 'Add login (#12)\n\nBecause.'), ...given.facts };
  const wishes = {
    activity: activity ?? null,
    cron: cron ?? null,
    inputs: inputs ?? {},
    changedFiles: changedFiles ?? null,
  };
  return makeEvent(event, payload ?? null, facts, wishes);
}

/** A checkout of a repository that nobody has. */
export function exampleFacts(message: string): CheckoutFacts {
  const sha = '0123456789abcdef0123456789abcdef01234567';
  const ada = { name: 'Ada Lovelace', email: 'ada@example.com', at: new Date('2026-03-04T05:06:07Z') };
  return {
    repository: 'harbor/tides',
    serverUrl: 'https://github.com',
    defaultBranch: 'main',
    sha,
    ref: 'refs/heads/main',
    before: 'fedcba9876543210fedcba9876543210fedcba98',
    commit: {
      sha,
      treeSha: '1'.repeat(40),
      message,
      author: ada,
      committer: ada,
      added: [],
      modified: ['a'],
      removed: [],
    },
    actor: 'ada',
    run: { id: 7, number: 3, attempt: 1 },
  };
}

function shownPlan({ name, runName, inputs, concurrency, secrets, jobs, github }: Plan, given: CaseFile) {
  const shownGithub = Object.fromEntries((given.github ?? []).map((key) => [key, github[key] ?? null]));
  return without({
    name,
    runName,
    github: shownGithub,
    inputs,
    concurrency,
    secrets: secrets === 'inherit' ? null : secrets,
    jobs: jobs.map(({ path, kind, needs, matrix, permissions }) =>
      without({
        path,
        kind,
        needs,
        matrix:
          matrix.kind === 'combinations' ? matrix.combinations.map(({ values }) => values) : matrix.kind,
        permissions: Object.entries(permissions)
          .map(([scope, access]) => `${scope}: ${access}`)
          .join(', '),
      }),
    ),
  });
}

function roundsOf(plan: Plan, { results = {}, cancelInRound }: CaseFile): unknown[] {
  const rounds: unknown[] = [];
  const running = new Set<string>();
  let state: RunState = newRun;
  for (let round = 1; round < 50; round += 1) {
    if (round === cancelInRound) state = recordCancellation(state);
    const next = nextJobs(plan, state);
    state = JSON.parse(JSON.stringify(recordNext(state, next))) as RunState;
    for (const { key } of next.start) running.add(key);
    const cancel = next.cancel.map(({ key, reason }) => `${key}: ${reason}`);
    const skip = next.skip.map(without);
    const { conclusion } = next;
    rounds.push(without({ start: next.start.map(shownSpec), skip, cancel, conclusion }));
    if (conclusion !== null) return rounds;
    const cancelled = new Set(next.cancel.map(({ key }) => key));
    for (const key of running) {
      const result = results[key] ?? 'success';
      if (result === 'held' && !cancelled.has(key)) continue;
      running.delete(key);
      state = recordResult(state, key, resultOf(result === 'held' ? 'cancelled' : result));
    }
  }
  return [...rounds, 'never ends'];
}

function resultOf(given: Conclusion | Partial<JobResult>): JobResult {
  if (typeof given === 'string') return { conclusion: given, outputs: {} };
  return { conclusion: 'success', outputs: {}, ...given };
}

function shownSpec(spec: JobSpec) {
  const { key, name, labels, environment, container, services, timeoutMinutes, continueOnError, groups } =
    spec;
  const { matrix, inputs, needs, strategy } = spec.contexts;
  return without({
    key,
    name,
    labels: labels.join(', ') === 'ubuntu-latest' ? null : labels,
    environment,
    container: container === null ? null : 'yes',
    services: services === null ? null : 'yes',
    timeoutMinutes: timeoutMinutes === 360 ? null : timeoutMinutes,
    continueOnError: continueOnError || null,
    groups,
    matrix,
    inputs,
    needs,
    strategy: matrix === null ? null : strategy,
    secrets: shownSecrets(spec.secrets),
  });
}

function shownSecrets(secrets: JobSpec['secrets']): unknown {
  if (typeof secrets === 'string') return secrets === 'inherit' ? null : secrets;
  const entries = secrets.entries.map(({ name, text }) => [name.value, text.value] as const);
  return { ...Object.fromEntries(entries), of: shownSecrets(secrets.of) ?? 'inherit' };
}

/** What says nothing is left out. */
function without(values: object): unknown {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== null && (typeof value !== 'object' || Object.keys(value).length > 0),
    ),
  );
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
