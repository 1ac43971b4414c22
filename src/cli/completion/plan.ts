import type { Option } from 'commander';
import { scopes } from '../../contract/endpoint.ts';
import { deployStates } from '../../contract/states.ts';
import { type AnyCommand, type CommandSpec, isGroup } from '../command.ts';

/** What may stand at a place: words that are known, files, or names that the server knows. */
export type Plan =
  | { readonly kind: 'words'; readonly words: readonly Candidate[] }
  | { readonly kind: 'files' }
  | { readonly kind: 'names'; readonly of: string; readonly before: readonly string[] };

export interface Candidate {
  readonly word: string;
  readonly meaning: string;
}

const common: readonly Candidate[] = [
  { word: '--json', meaning: 'print JSON' },
  { word: '--times', meaning: 'exact times' },
  { word: '--url', meaning: 'which Slipway' },
  { word: '--help', meaning: 'help, with examples' },
];

/** What option values are names of. */
const optionNames: Readonly<Record<string, string>> = {
  '--app': 'app',
  '--env': 'environment',
  '--user': 'user',
  '--repository': 'repository',
  '--environment': 'jobenvironment',
  '--job': 'job',
  '--workflow': 'workflow',
  '--team': 'team',
  '--reviewer': 'team',
  '--key': 'key',
  '--who': 'user',
  '--actor': 'user',
  '--config': 'file',
  '--event-file': 'file',
  '--secrets-file': 'file',
  '--var-file': 'file',
  '--actions': 'file',
  '--artifacts': 'file',
};

/** Option values that are words of a fixed set, of which several may be given. */
const optionWords: Readonly<Record<string, readonly string[]>> = {
  '--state': [...deployStates, 'active', 'done'],
  '--scope': scopes,
  '--event': ['push', 'pull_request', 'workflow_dispatch', 'schedule', 'release', 'merge_group'],
};

/** Plans what may stand at the last of `words`, the ones after `slipway`. Pure. */
export function planCompletion(commands: readonly AnyCommand[], words: readonly string[]): Plan {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  const [first, ...afterFirst] = before;
  if (first === undefined) return listed(commands);
  const command = commands.find((candidate) => nameOf(candidate) === first);
  if (first === 'help') return before.length === 1 ? listed(commands) : none;
  if (command === undefined) return none;
  if (!isGroup(command)) return planArguments(command, afterFirst, current);
  const spec = command.commands.find((candidate) => nameOf(candidate) === afterFirst[0]);
  if (spec !== undefined) return planArguments(spec, afterFirst.slice(1), current);
  return afterFirst.length === 0 && !current.startsWith('-')
    ? listed(command.commands)
    : planArguments(command.commands[0], afterFirst, current);
}

const none: Plan = { kind: 'words', words: [] };
const nameOf = (command: AnyCommand): string => command.name.split(' ')[0] ?? '';

const listed = (commands: readonly AnyCommand[]): Plan => ({
  kind: 'words',
  words: commands
    .filter((command) => isGroup(command) || !command.hidden)
    .map((command) => ({ word: nameOf(command), meaning: command.summary })),
});

function planArguments(spec: CommandSpec, before: readonly string[], current: string): Plan {
  const options = spec.options ?? [];
  const previous = options.find((option) => takesValue(option) && isNamed(option, before.at(-1)));
  if (previous !== undefined) return planValue(previous, positionals(options, before));
  if (current.startsWith('-')) return { kind: 'words', words: [...options.flatMap(candidatesOf), ...common] };
  const given = positionals(options, before);
  const names = [...spec.name.matchAll(/[<[]([a-z]+)/g)].map(([, name]) => name ?? '');
  // `app/env` counts for two words.
  const shift = names[1] === 'environment' && given[0]?.includes('/') ? 1 : 0;
  const name = names[given.length + shift];
  if (name === undefined) return none;
  return name === 'file' ? { kind: 'files' } : { kind: 'names', of: name, before: given };
}

function planValue(option: Option, before: readonly string[]): Plan {
  const words = option.argChoices ?? optionWords[option.long ?? ''];
  if (words !== undefined) return { kind: 'words', words: words.map((word) => ({ word, meaning: '' })) };
  const name = optionNames[option.long ?? ''];
  if (name === undefined) return none;
  return name === 'file' ? { kind: 'files' } : { kind: 'names', of: name, before };
}

const takesValue = (option: Option): boolean => option.required || option.optional;

const isNamed = (option: Option, word: string | undefined): boolean =>
  word !== undefined && (word === option.long || word === option.short);

const candidatesOf = (option: Option): Candidate[] =>
  option.long === undefined ? [] : [{ word: option.long, meaning: option.description }];

/** The words that are neither options nor values of options. */
function positionals(options: readonly Option[], words: readonly string[]): string[] {
  return words.filter((word, index) => {
    if (word.startsWith('-')) return false;
    const previous = words[index - 1] ?? '';
    return previous !== '--url' && !options.some((option) => takesValue(option) && isNamed(option, previous));
  });
}
