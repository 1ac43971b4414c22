import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, systemCode } from '../../platform/errors.ts';
import { isInside } from '../../platform/paths.ts';
import { type ActionDefinition, describeFinding, readAction } from '../language/index.ts';

/** Where an action lies, and how it is named in messages. */
export interface ActionFolder {
  readonly uses: string;
  /** With links resolved. Nothing outside of it is read. */
  readonly root: string;
  readonly directory: string;
  /** How the directory is shown: without the parts of the path that only Slipway knows. */
  readonly shown: string;
}

const names = ['action.yml', 'action.yaml'];
const maxBytes = 4 * 1024 * 1024;

/**
 * Reads `action.yml` or `action.yaml` of a folder, or null when it has neither; a `Dockerfile` alone is an action
 * too. Throws `invalid_input` with every problem's place when it is wrong, and when a link leads out of the root.
 */
export async function readDefinition(folder: ActionFolder): Promise<ActionDefinition | null> {
  for (const name of names) {
    const text = await readInside(folder, name);
    if (text === null) continue;
    const { action, findings } = readAction(text, join(folder.shown, name));
    if (action !== null) return action;
    const problems = findings.filter(({ severity }) => severity === 'error').map(describeFinding);
    throw new AppError('invalid_input', `${folder.uses} cannot be used:\n${problems.join('\n')}`, {
      uses: folder.uses,
    });
  }
  return (await readdir(folder.directory)).includes('Dockerfile') ? dockerAction(folder) : null;
}

/** A file's text; null when there is none. */
export async function readInside(folder: ActionFolder, name: string): Promise<string | null> {
  const path = await resolveInside(folder, name);
  if (path === null) return null;
  if (!(await stat(path)).isFile())
    throw new AppError('invalid_input', `${folder.uses}: ${join(folder.shown, name)} is no file`);
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > maxBytes)
      throw new AppError('invalid_input', `${join(folder.shown, name)} is larger than ${maxBytes} bytes`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

async function resolveInside(
  { uses, root, directory, shown }: ActionFolder,
  name: string,
): Promise<string | null> {
  try {
    const path = await realpath(join(directory, name));
    if (isInside(root, path)) return path;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null;
    if (systemCode(error) !== 'ELOOP') throw error;
    throw new AppError('invalid_input', `${uses}: ${join(shown, name)} is a link that runs in a circle`);
  }
  throw new AppError('invalid_input', `${uses}: ${join(shown, name)} is a link that leads out of it`, {
    uses,
  });
}

function dockerAction({ uses, shown }: ActionFolder): ActionDefinition {
  const nowhere = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  return {
    file: join(shown, 'Dockerfile'),
    name: uses,
    description: null,
    inputs: [],
    outputs: [],
    runs: { kind: 'docker', image: { value: 'Dockerfile', at: nowhere } },
  };
}
