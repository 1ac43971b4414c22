import { handlers, silent } from './commandHandlers.ts';
import type { CommandOutput, CommandState, LineReader } from './commandState.ts';
import { findProblem } from './findProblem.ts';
import type { LinesAhead } from './lineMatching.ts';
import { isCommandName, parseCommand, type WorkflowCommand } from './parseCommand.ts';

/** Carries out the workflow commands in the lines of one process, as actions/runner does. */
export function createLineCommands(state: CommandState, output: CommandOutput): LineReader {
  let token: string | null = null;

  function take(line: string, ahead: LinesAhead | null): (() => void) | null {
    const command = parseCommand(line, token);
    if (command !== null) {
      if (token === null) return () => carryOut(command, line);
      if (command.name !== token.toLowerCase()) return null;
      return () => {
        output.line(line);
        token = null;
      };
    }
    if (ahead === null) return null;
    const { problem, removed } = findProblem(state, ahead);
    if (problem === null && removed.length === 0) return null;
    return () => {
      for (const owner of removed) output.warn(tooSlow(owner));
      if (problem === null) output.line(line);
      else output.message(problem);
    };
  }

  function carryOut(command: WorkflowCommand, line: string): void {
    if (command.name === 'stop-commands') {
      stop(command.data, line);
      return;
    }
    const handler = handlers[command.name];
    const step = output.commands;
    if (handler === undefined || step === undefined) return;
    if (state.echo && !silent.has(command.name)) output.line(line);
    try {
      handler(command, { state, step, output });
    } catch (error) {
      const shown = command.name === 'add-mask' ? command.name : line;
      fail(`unable to process command '${shown}': ${error instanceof Error ? error.message : error}`);
    }
  }

  function stop(data: string, line: string): void {
    if (data.trim() === '' || isCommandName(data) || data === 'pause-logging') {
      fail(
        `unable to process command '${line}': stop-commands needs a token of your own, which is not easily guessed`,
      );
      return;
    }
    token = data;
    if (data.length > 6) state.masks.add(data);
    output.line(line);
  }

  function fail(message: string): void {
    output.error(message);
    output.commands?.fail(message);
  }

  return {
    take,
    get wantsLines() {
      return state.matchers.length > 0;
    },
  };
}

const tooSlow = (owner: string): string =>
  `the problem matcher ${owner} was removed, and looks at no more lines: its expression takes too long over this output; it may be one that tries a line in very many ways, such as (a+)+`;
