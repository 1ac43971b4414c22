import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GitError, type GitOptions, runGit } from '../../../platform/git/index.ts';
import { type CheckoutInputs, refused } from './checkoutInputs.ts';

/**
 * Checks out the submodules of a clone. Those that the repository that is run has fetched already come from there;
 * others from where `.gitmodules` says. `modules`: its `modules` directory, or null.
 */
export async function checkOutSubmodules(
  inputs: CheckoutInputs,
  directory: string,
  modules: string | null,
  say: (line: string) => void,
): Promise<void> {
  if (!existsSync(join(directory, '.gitmodules'))) return;
  const options: GitOptions = { cwd: directory, timeoutMs };
  await runGit(['submodule', '--quiet', 'init'], options);
  const found = await readModules(options);
  for (const { name, path } of found) {
    const local = modules === null ? null : join(modules, name);
    const isLocal = local !== null && existsSync(join(local, 'HEAD'));
    if (isLocal) await runGit(['config', '--local', `submodule.${name}.url`, local], options);
    say(`Submodule ${path}${isLocal ? '' : ', from its server'}`);
    await update(path, isLocal ? [] : depthOf(inputs), options);
    if (inputs.submodules === 'recursive')
      await checkOutSubmodules(inputs, join(directory, path), isLocal ? join(local, 'modules') : null, say);
  }
  // What steps push to or fetch from is the address that .gitmodules names.
  await runGit(['submodule', '--quiet', 'sync'], options);
}

const timeoutMs = 30 * 60_000;

function depthOf({ depth }: CheckoutInputs): string[] {
  return depth === 0 ? [] : [`--depth=${depth}`];
}

async function readModules(options: GitOptions): Promise<{ name: string; path: string }[]> {
  const args = ['config', '--file', '.gitmodules', '-z', '--get-regexp', '^submodule\\..*\\.path$'];
  const output = (await runGit(args, options)).toString();
  return output
    .split('\0')
    .map((line) => /^submodule\.(.+)\.path\n(.+)$/s.exec(line))
    .flatMap((found) => (found?.[1] && found[2] ? [{ name: found[1], path: found[2] }] : []))
    .filter(({ name }) => !name.split('/').includes('..'));
}

async function update(path: string, depth: readonly string[], options: GitOptions): Promise<void> {
  try {
    await runGit(['submodule', '--quiet', 'update', '--force', ...depth, '--', path], options);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw refused(
      `the submodule ${path} cannot be fetched: run git submodule update --init ${path} in your checkout, and it is taken from there (${error.stderr.trim().split('\n').at(-1) ?? ''})`,
    );
  }
}
