import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Annotation } from '../../run/events.ts';
import type { CommandOutput, CommandState, StepCommands } from './commandState.ts';
import type { WorkflowCommand } from './parseCommand.ts';
import { readMatchers } from './readMatchers.ts';

const largestMatcherBytes = 1024 * 1024;

export interface Around {
  readonly state: CommandState;
  readonly step: StepCommands;
  readonly output: CommandOutput;
}

/** Commands that `echo` does not repeat. */
export const silent: ReadonlySet<string> = new Set([
  'add-mask',
  'debug',
  'error',
  'warning',
  'notice',
  'echo',
  'group',
  'endgroup',
]);

/** What each command does. Throws `Error` for one that cannot be carried out. */
export const handlers: Readonly<Record<string, (command: WorkflowCommand, around: Around) => void>> = {
  error: (command, { output }) => output.message(annotationOf('error', command)),
  warning: (command, { output }) => output.message(annotationOf('warning', command)),
  notice: (command, { output }) => output.message(annotationOf('notice', command)),
  group: ({ data }, { output }) => output.line(`##[group]${data}`),
  endgroup: (_command, { output }) => output.line('##[endgroup]'),
  debug: ({ data }, { state, output }) => {
    if (state.debug) for (const line of data.split('\n')) output.line(`##[debug]${line}`);
  },
  'add-mask': ({ data }, { state, output }) => {
    if (data.trim() === '') output.warn("can't add an empty mask: ::add-mask:: was given no value");
    else state.masks.add(data);
  },
  echo: ({ data }, { state }) => {
    const value = data.trim().toLowerCase();
    if (value !== 'on' && value !== 'off') throw new Error(`echo is on or off, not ${JSON.stringify(data)}`);
    state.echo = value === 'on';
  },
  'set-output': ({ properties, data }, { step, output }) => {
    output.warn(deprecated('set-output', 'GITHUB_OUTPUT'));
    step.setOutput(nameOf(properties, 'set-output'), data);
  },
  'save-state': ({ properties, data }, { step, output }) => {
    output.warn(deprecated('save-state', 'GITHUB_STATE'));
    step.saveState(nameOf(properties, 'save-state'), data);
  },
  'set-env': ({ properties, data }, { step }) => {
    refuseUnlessAllowed('set-env', 'GITHUB_ENV', step);
    step.setEnv(nameOf(properties, 'set-env'), data);
  },
  'add-path': ({ data }, { step }) => {
    refuseUnlessAllowed('add-path', 'GITHUB_PATH', step);
    step.addPath(data);
  },
  'add-matcher': ({ data }, { state }) => {
    if (state.matching.exhausted)
      throw new Error('problem matchers of this job took too long several times, so it gets no more');
    const added = readMatchers(readMatcherFile(state, data));
    const owners = new Set(added.map(({ owner }) => owner));
    state.matchers = [...added, ...state.matchers.filter(({ owner }) => !owners.has(owner))];
  },
  'remove-matcher': ({ properties, data }, { state }) => {
    const owner = properties.owner ?? '';
    if ((owner === '') === (data === '')) throw new Error('remove-matcher takes either owner=NAME or a file');
    const owners =
      owner === '' ? readMatchers(readMatcherFile(state, data)).map((each) => each.owner) : [owner];
    state.matchers = state.matchers.filter((matcher) => !owners.includes(matcher.owner));
  },
};

function deprecated(command: string, file: string): string {
  return `the \`${command}\` command is deprecated: write to the file $${file} instead`;
}

function nameOf(properties: WorkflowCommand['properties'], command: string): string {
  if (properties.name) return properties.name;
  throw new Error(`${command} needs a name: ::${command} name=NAME::VALUE`);
}

function refuseUnlessAllowed(command: string, file: string, { env }: StepCommands): void {
  if (env.ACTIONS_ALLOW_UNSECURE_COMMANDS?.toLowerCase() === 'true') return;
  throw new Error(
    `the \`${command}\` command is disabled, since whoever writes output could use it: write to the file $${file}, or set ACTIONS_ALLOW_UNSECURE_COMMANDS to true`,
  );
}

function annotationOf(level: Annotation['level'], { properties, data }: WorkflowCommand): Annotation {
  const number = (text: string | undefined) =>
    text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : null;
  return {
    level,
    message: data,
    title: properties.title || null,
    file: properties.file || null,
    line: number(properties.line),
    endLine: number(properties.endline),
    column: number(properties.col),
    endColumn: number(properties.endcolumn),
  };
}

function readMatcherFile({ workspace, outside }: CommandState, name: string): string {
  if (name.trim() === '') throw new Error('it names no file');
  const file = outside(resolve(workspace, name));
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile()) throw new Error(`there is no file ${name}`);
  if (stats.size > largestMatcherBytes) throw new Error(`${name} is larger than a file of matchers can be`);
  return readFileSync(file, 'utf8');
}
