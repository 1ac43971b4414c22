import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const names = ['setpriv', 'unshare', 'nsenter', 'setsid', 'env', 'cat', 'sh'] as const;

/** Absolute paths of the system's tools that launch steps (util-linux, coreutils, a shell). */
export type IsolationTools = Record<(typeof names)[number], string> & {
  /** Whether `nsenter` can change the directory inside (util-linux 2.38); else a further program does. */
  readonly entersDirectory?: boolean;
};

/** Finds the tools on this machine; a missing one is missing. */
export async function findIsolationTools(): Promise<Partial<IsolationTools>> {
  const found = await Promise.all(names.map(async (name) => [name, await findTool(name)] as const));
  const tools: Partial<IsolationTools> = Object.fromEntries(found.filter(([, path]) => path !== undefined));
  return { ...tools, entersDirectory: await knowsOption(tools.nsenter, '--wdns') };
}

/** Looks into the program: to ask it would cost a process at each start. */
async function knowsOption(path: string | undefined, option: string): Promise<boolean> {
  if (path === undefined) return false;
  const program = await readFile(path).catch(() => Buffer.alloc(0));
  return program.length < mostBytes && program.includes(option.replace(/^-+/, ''));
}

const mostBytes = 1024 * 1024;

/** Whether all are there, and if not which are missing. */
export function missingTools(tools: Partial<IsolationTools>): string[] {
  return names.filter((name) => tools[name] === undefined);
}

export function isComplete(tools: Partial<IsolationTools>): tools is IsolationTools {
  return missingTools(tools).length === 0;
}

async function findTool(name: string): Promise<string | undefined> {
  const directories = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', ...(process.env.PATH ?? '').split(':')];
  for (const directory of directories.filter((each) => each.startsWith('/'))) {
    const path = join(directory, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
