import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '../../../platform/errors.ts';
import type { FoundAction } from '../../actions/index.ts';
import { readAction } from '../../language/index.ts';
import type { Step, TemplateEntry } from '../../language/model.ts';
import type { Template } from '../../language/source.ts';
import type { JobResult, JobSpec } from '../../plan/jobSpec.ts';
import type { RunEvent } from '../../run/events.ts';
import type { JobHost } from '../../run/jobHost.ts';
import { runJob } from '../runJob.ts';

/** A step in the words of its file. */
export interface WrittenStep {
  id?: string;
  name?: string;
  if?: string;
  env?: Record<string, string>;
  'continue-on-error'?: string;
  'timeout-minutes'?: string;
  run?: string;
  shell?: string;
  'working-directory'?: string;
  uses?: string;
  with?: Record<string, string>;
}

const at = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
const written = (value: string | undefined): Template | null => (value === undefined ? null : { value, at });

export function entries(record: Record<string, string> = {}): TemplateEntry[] {
  return Object.entries(record).map(([name, text]) => ({
    name: { value: name, at },
    text: { value: text, at },
  }));
}

export function stepOf(step: WrittenStep): Step {
  return {
    id: written(step.id),
    name: written(step.name),
    if: written(step.if),
    env: entries(step.env),
    continueOnError: written(step['continue-on-error']),
    timeoutMinutes: written(step['timeout-minutes']),
    does:
      step.uses === undefined
        ? {
            kind: 'run',
            script: { value: step.run ?? '', at },
            shell: written(step.shell),
            workingDirectory: written(step['working-directory']),
          }
        : { kind: 'uses', uses: { value: step.uses, at }, with: entries(step.with) },
    at,
  };
}

export interface JobOptions {
  spec?: Partial<JobSpec>;
  host?: Partial<JobHost>;
  /** What there is to use: the files of each, `action.yml` among them. */
  actions?: Record<string, Record<string, string>>;
  /** Takes events besides those that are kept; `output` is the text so far. */
  onEvent?: (event: RunEvent, output: string) => Promise<void> | void;
  /** False for more output than should lie in memory. */
  keepsOutput?: boolean;
  /** Before the job starts. */
  prepare?: (workspace: string) => void;
}

export interface EndedJob extends JobResult {
  events: RunEvent[];
  /** All output of all steps but the first and the last, as text. */
  output: string;
  /** Names of steps with how they ended: `Run exit 1: failure (exit code 1)`. */
  steps: string[];
  annotations: Extract<RunEvent, { kind: 'annotation' }>[];
  finished: Extract<RunEvent, { kind: 'job_finished' }>;
  directory: string;
}

let jobs = 0;

/** Runs a job of these steps in directories of its own. */
export async function startJob(steps: WrittenStep[], options: JobOptions = {}): Promise<EndedJob> {
  jobs += 1;
  const directory = mkdtempSync(join(tmpdir(), 'slipway-job-'));
  try {
    return await run(steps, options, directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function run(steps: WrittenStep[], options: JobOptions, directory: string): Promise<EndedJob> {
  const events: RunEvent[] = [];
  let output = '';
  const setUpAndTearDown = new Set<number>();
  const workspace = join(directory, 'work', 'workspace');
  mkdirSync(workspace, { recursive: true });
  options.prepare?.(workspace);
  const host: JobHost = {
    directories: {
      workspace,
      home: join(directory, 'home'),
      temporary: join(directory, 'temp'),
      toolCache: join(directory, 'tools'),
    },
    machineEnv: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' },
    serviceEnv: {},
    secrets: {},
    actions: {
      find: async (uses) => {
        if (uses.startsWith('./')) return readFound(join(workspace, uses), uses);
        const files = options.actions?.[uses];
        if (files === undefined) throw new AppError('not_found', `there is no action ${uses}`);
        const place = join(directory, 'actions', encodeURIComponent(uses));
        writeFiles(place, files);
        return readFound(place, uses);
      },
      findWorkflow: () => Promise.reject(new Error('not asked')),
    },
    observe: (event) => {
      const { keepsOutput = true } = options;
      if (keepsOutput || event.kind !== 'output') events.push(event);
      if (event.kind === 'step_started' && (event.phase === 'set-up' || event.phase === 'tear-down'))
        setUpAndTearDown.add(event.step);
      if (keepsOutput && event.kind === 'output' && !setUpAndTearDown.has(event.step)) output += event.text;
      const taken = options.onEvent?.(event, output);
      return taken instanceof Promise ? taken : undefined;
    },
    isolation: 'auto',
    limits: {},
    cancel: new AbortController().signal,
    marker: `job-test-${process.pid}-${jobs}`,
    debug: false,
    patience: { interruptMs: 300, terminateMs: 300, cancelledMs: 20_000 },
    ...options.host,
  };
  const result = await runJob({ ...plainSpec(), steps: steps.map(stepOf), ...options.spec }, host);
  const finished = events.find((event) => event.kind === 'job_finished');
  if (finished === undefined) throw new Error('the job told no end');
  return {
    ...result,
    events,
    output,
    steps: describeSteps(events),
    annotations: events.filter((event) => event.kind === 'annotation'),
    finished,
    directory,
  };
}

/** Writes files below a directory; names may have slashes. */
export function writeFiles(directory: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}

function readFound(directory: string, uses: string): FoundAction {
  const { action, findings } = readAction(
    readFileSync(join(directory, 'action.yml'), 'utf8'),
    `${uses}/action.yml`,
  );
  if (action === null) throw new AppError('invalid_input', findings.map(({ message }) => message).join('; '));
  return { directory, definition: action };
}

function plainSpec(): Omit<JobSpec, 'steps'> {
  return {
    key: 'test',
    path: 'test',
    id: 'test',
    name: 'test',
    file: '.github/workflows/test.yml',
    labels: ['ubuntu-latest'],
    environment: null,
    container: null,
    services: null,
    workflowEnv: [],
    env: [],
    defaults: { shell: null, workingDirectory: null },
    outputs: [],
    timeoutMinutes: 10,
    continueOnError: false,
    groups: [],
    permissions: {},
    contexts: {
      github: {
        event_name: 'push',
        ref: 'refs/heads/main',
        repository: 'acme/harbor',
        event: { after: 'abc' },
      },
      inputs: {},
      vars: {},
      needs: {},
      strategy: {},
      matrix: {},
    },
    secrets: 'inherit',
  };
}

function describeSteps(events: readonly RunEvent[]): string[] {
  const names = new Map<number, string>();
  const lines: string[] = [];
  for (const event of events) {
    if (event.kind === 'step_started' && event.phase !== 'set-up' && event.phase !== 'tear-down')
      names.set(event.step, event.name);
    if (event.kind === 'step_skipped') lines.push(`${event.name}: skipped`);
    if (event.kind !== 'step_finished' || !names.has(event.step)) continue;
    const { outcome, conclusion, detail } = event;
    const ending = outcome === conclusion ? conclusion : `${outcome}, ${conclusion}`;
    lines.push(`${names.get(event.step)}: ${ending}${detail === null ? '' : ` (${detail})`}`);
  }
  return lines;
}
