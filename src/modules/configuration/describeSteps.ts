import type { EnvironmentStep } from '../../contract/configuration.ts';

const maxCommandLength = 80;

/** One line a step, for a person who decides whether to ship: `Build: npm ci … (3 lines, in web, at most 300 s)`. */
export function describeSteps(steps: readonly EnvironmentStep[]): string[] {
  return steps.map((step) => {
    const command = describeCommand(step);
    const remarks = [
      ...(command.lines > 1 ? [`${command.lines} lines`] : []),
      ...(step.directory === '.' ? [] : [`in ${step.directory}`]),
      ...(step.timeout_seconds === null ? [] : [`at most ${step.timeout_seconds} s`]),
    ];
    return `${step.name}: ${command.text}${remarks.length > 0 ? ` (${remarks.join(', ')})` : ''}`;
  });
}

function describeCommand({ command }: EnvironmentStep): { text: string; lines: number } {
  if (command.kind === 'argv') return { text: shortened(command.argv.map(quoted).join(' ')), lines: 1 };
  const lines = command.script.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  const first = shortened((lines[0] ?? command.script).trim());
  return { text: lines.length > 1 && !first.endsWith('…') ? `${first} …` : first, lines: lines.length };
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

function shortened(text: string): string {
  return text.length <= maxCommandLength ? text : `${text.slice(0, maxCommandLength - 1).trimEnd()}…`;
}
