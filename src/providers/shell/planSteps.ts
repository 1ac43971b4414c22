import { join } from 'node:path';
import type { EnvironmentStep } from '../../contract/configuration.ts';
import type { Assignment } from '../../contract/runner.ts';

/** A step with nothing left to decide. */
export interface PlannedStep {
  /** From 1. */
  readonly position: number;
  readonly name: string;
  readonly argv: readonly string[];
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  /** null: no limit but the deploy's own. */
  readonly timeoutMs: number | null;
  /** What the log says is run. */
  readonly shown: string;
}

export interface Place {
  readonly checkout: string;
  readonly temporary: string;
  /** PATH, HOME, USER of the runner: all that a step inherits. */
  readonly inherited: Readonly<Record<string, string>>;
}

/** The commands of a deploy by the provider `shell`: its steps, in order, in a clean checkout of the commit. */
export function planSteps(assignment: Assignment, place: Place): PlannedStep[] {
  const common = {
    ...place.inherited,
    TMPDIR: place.temporary,
    ...deployVariables(assignment),
    ...assignment.config.env,
    ...assignment.secrets,
  };
  return assignment.config.steps.map((step, index) => ({
    position: index + 1,
    name: step.name,
    argv: argvOf(step),
    directory: join(place.checkout, step.directory),
    env: { ...common, ...step.env },
    timeoutMs: step.timeout_seconds === null ? null : step.timeout_seconds * 1000,
    shown: shownCommand(step),
  }));
}

/** What every step is told about its deploy. */
function deployVariables(assignment: Assignment): Record<string, string> {
  return {
    SLIPWAY_APP: assignment.app,
    SLIPWAY_ENVIRONMENT: assignment.environment,
    SLIPWAY_SHA: assignment.sha,
    SLIPWAY_PREVIOUS_SHA: assignment.previousSha ?? '',
    SLIPWAY_REF: assignment.ref,
    SLIPWAY_NUMBER: String(assignment.number),
    SLIPWAY_DEPLOY_URL: assignment.url,
  };
}

function argvOf({ command }: EnvironmentStep): readonly string[] {
  return command.kind === 'argv'
    ? command.argv
    : ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', command.script];
}

function shownCommand({ command }: EnvironmentStep): string {
  if (command.kind === 'argv') return command.argv.map(quoteForReading).join(' ');
  const lines = command.script.trim().split('\n');
  return lines.length === 1 ? (lines[0] ?? '') : `${lines[0]} … (${lines.length} lines)`;
}

const quoteForReading = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word));
