import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runGit } from '../../platform/git/index.ts';

/**
 * Asks git something about a checkout, and nothing that writes. Also of one that belongs to another user, which git
 * refuses by itself because its configuration may name programs: those that a question would start are switched off.
 */
export function askGit(args: readonly string[], directory: string): Promise<Buffer> {
  const options = ['-c', 'safe.directory=*', '-c', 'core.fsmonitor=false'];
  return runGit([...options, ...args], { cwd: directory, env: { GIT_CONFIG_GLOBAL: ownConfiguration() } });
}

/** What git says, or null when it has no answer. */
export async function answerOf(directory: string, args: readonly string[]): Promise<string | null> {
  try {
    return (await askGit(args, directory)).toString().trimEnd() || null;
  } catch {
    return null;
  }
}

/** Where this user says what git shall ignore everywhere. */
function ownConfiguration(): string {
  const { GIT_CONFIG_GLOBAL, XDG_CONFIG_HOME } = process.env;
  const home = homedir();
  const candidates = [
    join(home, '.gitconfig'),
    join(XDG_CONFIG_HOME || join(home, '.config'), 'git', 'config'),
  ];
  return GIT_CONFIG_GLOBAL ?? candidates.find((file) => existsSync(file)) ?? '/dev/null';
}
