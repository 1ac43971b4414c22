import type { AnyCommand } from './command.ts';
import { type CommandTitle, commandTitles } from './commands/index.ts';

/** Commands that are loaded, under their title in the help. */
export interface CommandSection {
  readonly title: string;
  readonly commands: readonly AnyCommand[];
}

/**
 * The commands that a line needs: the one that it calls, which takes a fraction of the time of loading all, or all
 * of them, to be listed or to be compared with a word that is none.
 */
export async function commandsFor(argv: readonly string[]): Promise<readonly CommandSection[]> {
  if (argv.length === 1 && /^(-V|--version)$/.test(argv[0] ?? '')) return [];
  const at = firstWordAt(argv);
  const name = argv[at];
  const title =
    name === undefined ? undefined : commandTitles.find(({ commands }) => Object.hasOwn(commands, name));
  if (name === undefined || title === undefined || !areCommonOptions(argv.slice(0, at))) return allCommands();
  return [await loadSection(title, [name])];
}

/** All commands, in the order of the help. */
export const allCommands = (): Promise<readonly CommandSection[]> =>
  Promise.all(commandTitles.map((title) => loadSection(title, Object.keys(title.commands))));

/** Where the first word stands that is neither an option nor the value of one; -1 when there is none. */
export const firstWordAt = (argv: readonly string[]): number =>
  argv.findIndex((word, index) => !word.startsWith('-') && argv[index - 1] !== '--url');

async function loadSection(
  { title, commands }: CommandTitle,
  names: readonly string[],
): Promise<CommandSection> {
  const loaded = await Promise.all(names.map((name) => commands[name]?.()));
  return { title, commands: loaded.filter((command) => command !== undefined) };
}

/** Anything else before a command is wrong, and answered with the whole help. */
const areCommonOptions = (words: readonly string[]): boolean =>
  words.every((word, index) => /^--(json|times|url(=.*)?)$/s.test(word) || words[index - 1] === '--url');
