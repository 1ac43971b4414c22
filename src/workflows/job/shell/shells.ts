import { AppError } from '../../../platform/errors.ts';
import { splitArguments } from './splitArguments.ts';

/** How a script is run: `{0}` of the arguments is its file. */
export interface Shell {
  readonly command: string;
  readonly args: readonly string[];
  /** Of the script's file. */
  readonly extension: string;
  /** What is written into the file. */
  readonly prepare: (script: string) => string;
}

/** The shells that are known by name, with the arguments that actions/runner gives them. */
const known: Readonly<Record<string, string>> = {
  bash: '--noprofile --norc -eo pipefail {0}',
  sh: '-e {0}',
  python: '{0}',
  pwsh: `-command ". '{0}'"`,
};

const extensions: Readonly<Record<string, string>> = { bash: '.sh', sh: '.sh', python: '.py', pwsh: '.ps1' };

/** The shell of a step that names none: `bash -e`, where there is a bash. It is less strict than `shell: bash`. */
export function unnamedShell(hasBash: boolean): Shell {
  return shellOf(hasBash ? 'bash' : 'sh', '-e {0}');
}

/** Reads what `shell:` says. Throws `invalid_input` for what is neither a known name nor a command with `{0}`. */
export function readShell(text: string): Shell {
  const trimmed = text.trim();
  const space = trimmed.indexOf(' ');
  const command = space === -1 ? trimmed : trimmed.slice(0, space);
  const given = space === -1 ? '' : trimmed.slice(space + 1).trim();
  const format = given === '' ? (known[command] ?? '') : given;
  if (format.includes('{0}')) return shellOf(command, format);
  const names = Object.keys(known).join(', ');
  throw new AppError(
    'invalid_input',
    `shell: ${JSON.stringify(text)} cannot run a script: name ${names}, or a command in which {0} stands for the script's file, like "perl {0}"`,
  );
}

function shellOf(command: string, format: string): Shell {
  return {
    command,
    args: splitArguments(format),
    extension: extensions[command] ?? '',
    prepare: command === 'pwsh' ? preparePowerShell : (script) => script.replaceAll('\r\n', '\n'),
  };
}

/** PowerShell neither stops at errors nor passes on exit codes by itself; this is how actions/runner makes it. */
function preparePowerShell(script: string): string {
  const before = "$ErrorActionPreference = 'stop'";
  const after = 'if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }';
  return `${before}\n${script}\n${after}`;
}
