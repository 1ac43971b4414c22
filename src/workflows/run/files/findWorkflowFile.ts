import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { AppError, systemCode } from '../../../platform/errors.ts';
import { isInside } from '../../../platform/paths.ts';
import { type WorkflowFile, workflowsDirectory } from '../../commit/index.ts';
import { readWorkflow } from '../../language/index.ts';

/** More is no workflow; who reads it says so. */
const mostBytes = 64 * 1024 * 1024;

/**
 * The workflow that somebody means: a path from `directory`, else the name of a file in `.github/workflows`, with or
 * without its ending, else the `name:` of one of those. Throws `not_found` with the ones that there are.
 */
export async function findWorkflowFile(
  root: string,
  directory: string,
  wanted: string,
): Promise<WorkflowFile> {
  const path = resolve(directory, wanted);
  if (await isFile(path)) return read(root, path);
  const files = await listWorkflowFiles(root);
  const named = files.find(({ file }) => sameName(basename(file), wanted));
  const found = named ?? files.find(({ file, text }) => nameIn(text, file) === wanted);
  if (found !== undefined) return found;
  throw new AppError('not_found', `there is no workflow ${JSON.stringify(wanted)}: ${whatThereIs(files)}`);
}

/** The workflows of a checkout, by their names. Throws `not_found` when there are none. */
export async function requireWorkflowFiles(root: string): Promise<WorkflowFile[]> {
  const files = await listWorkflowFiles(root);
  if (files.length > 0) return files;
  throw new AppError('not_found', `there is no workflow here: ${whatThereIs([])}`);
}

async function listWorkflowFiles(root: string): Promise<WorkflowFile[]> {
  const directory = join(root, workflowsDirectory);
  const names = await readdir(directory).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  });
  const paths = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  const found = await Promise.all(
    paths.map(async (name) =>
      (await isFile(join(directory, name))) ? read(root, join(directory, name)) : null,
    ),
  );
  return found.flatMap((file) => file ?? []);
}

async function isFile(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() ?? false;
}

async function read(root: string, path: string): Promise<WorkflowFile> {
  const { size } = await stat(path);
  const file = await shownName(root, path);
  if (size <= mostBytes) return { file, text: await readFile(path, 'utf8') };
  throw new AppError('invalid_input', `${file} has ${size} bytes, which no workflow has`);
}

/** Relative to the repository, if it lies in it. */
async function shownName(root: string, path: string): Promise<string> {
  const [realRoot, real] = await Promise.all([realpath(root), realpath(path)]);
  if (isInside(realRoot, real)) return relative(realRoot, real);
  return path;
}

const sameName = (name: string, wanted: string): boolean =>
  name === wanted || name.replace(/\.ya?ml$/, '') === wanted;

/** What cannot be read as a workflow has no name. */
const nameIn = (text: string, file: string): string | null =>
  readWorkflow(text, file).workflow?.name?.value ?? null;

function whatThereIs(files: readonly WorkflowFile[]): string {
  if (files.length === 0) return `${workflowsDirectory} has no .yml or .yaml file`;
  const names = files.map(({ file, text }) => {
    const name = nameIn(text, file);
    return name === null ? basename(file) : `${basename(file)} (${name})`;
  });
  return `${workflowsDirectory} has ${names.join(', ')}`;
}
