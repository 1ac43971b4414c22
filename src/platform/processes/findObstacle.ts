import { constants, type Stats } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { systemCode } from '../errors.ts';
import type { StepSpec } from './step.ts';

/** What execvp(3) searches when the environment has no PATH. */
const defaultPath = '/bin:/usr/bin';

/** Why this command cannot start, in words for the person who wrote it; undefined if it can. */
export async function findObstacle(
  step: Pick<StepSpec, 'argv' | 'cwd' | 'env'>,
): Promise<string | undefined> {
  const [name] = step.argv;
  if (!name) return 'the command is empty';
  return (await obstacleOfDirectory(step.cwd)) ?? (await obstacleOfCommand(name, step));
}

async function obstacleOfDirectory(cwd: string): Promise<string | undefined> {
  const stats = await statOrReason(cwd);
  if (typeof stats === 'string') return `the working directory ${cwd} ${stats}`;
  if (!stats.isDirectory()) return `the working directory ${cwd} is not a directory`;
  return (await mayExecute(cwd)) ? undefined : `the working directory ${cwd} may not be entered`;
}

async function obstacleOfCommand(name: string, { cwd, env }: Pick<StepSpec, 'cwd' | 'env'>) {
  if (name.includes('/')) return obstacleOfFile(resolve(cwd, name), name);
  const path = env.PATH ?? defaultPath;
  let nearMiss: string | undefined;
  for (const directory of path.split(':')) {
    const file = resolve(cwd, directory, name);
    const stats = await statOrReason(file);
    if (typeof stats === 'string') continue;
    const obstacle = await obstacleOfFile(file, file);
    if (obstacle === undefined) return undefined;
    nearMiss ??= obstacle;
  }
  return nearMiss ?? `command not found: ${name} (PATH is ${path || 'empty'})`;
}

async function obstacleOfFile(file: string, name: string): Promise<string | undefined> {
  const stats = await statOrReason(file);
  if (typeof stats === 'string') return `${name} ${stats}`;
  if (stats.isDirectory()) return `${name} is a directory, not a command`;
  if (!(await mayExecute(file)))
    return `${name} is not executable: chmod +x it, and commit that if it is in git`;
  return obstacleOfInterpreter(file, name);
}

/** The kernel's own answer to a missing interpreter is that the script does not exist. */
async function obstacleOfInterpreter(file: string, name: string): Promise<string | undefined> {
  const line = await interpreterLine(file);
  const interpreter = line?.trim().split(/[ \t]+/)[0];
  if (line === undefined || !interpreter?.startsWith('/')) return undefined;
  if (line.endsWith('\r'))
    return `the first line of ${name} ends in a carriage return: save it with Unix line ends`;
  const stats = await statOrReason(interpreter);
  return typeof stats === 'string'
    ? `${name} asks for the interpreter ${interpreter}, which ${stats}`
    : undefined;
}

async function interpreterLine(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0);
      const head = buffer.toString('utf8', 0, bytesRead);
      return head.startsWith('#!') ? head.slice(2).split('\n')[0] : undefined;
    } finally {
      await handle.close();
    }
  } catch (error) {
    // A program may be executable without being readable.
    if (systemCode(error) === 'EACCES') return undefined;
    throw error;
  }
}

async function statOrReason(path: string): Promise<Stats | string> {
  try {
    return await stat(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
    if (code === 'EACCES') return 'may not be accessed';
    return `cannot be looked at (${code ?? error})`;
  }
}

async function mayExecute(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
