import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../platform/errors.ts';
import { runGit } from '../../../platform/git/index.ts';

/**
 * Makes a bare repository with the branches and tags of another one, whose objects it borrows. What is pushed to it
 * stays in it. Branches that only the origin of that one has count too.
 */
export async function makeBorrowedOrigin(commonDir: string, directory: string): Promise<void> {
  await Promise.all([
    mkdir(join(directory, 'objects', 'info'), { recursive: true }),
    mkdir(join(directory, 'refs'), { recursive: true }),
  ]);
  const [refs, format] = await Promise.all([packedRefs(commonDir), objectFormat(commonDir)]);
  await Promise.all([
    writeFile(join(directory, 'objects', 'info', 'alternates'), `${join(commonDir, 'objects')}\n`),
    writeFile(join(directory, 'packed-refs'), refs, 'latin1'),
    writeFile(join(directory, 'config'), configText(format)),
    copyIfThere(join(commonDir, 'HEAD'), join(directory, 'HEAD')),
    copyIfThere(join(commonDir, 'shallow'), join(directory, 'shallow')),
  ]);
}

async function packedRefs(commonDir: string): Promise<string> {
  const patterns = ['refs/heads', 'refs/tags', 'refs/remotes/origin'];
  const format = '--format=%(objectname) %(refname) %(symref)';
  const output = await runGit(['for-each-ref', format, '--', ...patterns], { gitDir: commonDir });
  const refs = new Map<string, string>();
  for (const line of output.toString('latin1').split('\n')) {
    const [, sha = '', name = '', symref] = /^(\S+) (\S+) (\S*)$/.exec(line) ?? [];
    if (sha === '' || symref !== '') continue;
    // Local branches come first in this order, and count more.
    const branch = name.replace(/^refs\/remotes\/origin\//, 'refs/heads/');
    if (!refs.has(branch)) refs.set(branch, sha);
  }
  const names = [...refs.keys()].sort();
  return ['# pack-refs with: sorted ', ...names.map((name) => `${refs.get(name)} ${name}`), ''].join('\n');
}

async function objectFormat(commonDir: string): Promise<string> {
  return (await runGit(['rev-parse', '--show-object-format'], { gitDir: commonDir })).toString().trim();
}

/** Any commit may be asked for: that of a run need not be on a branch. */
function configText(format: string): string {
  const core = `[core]\n\trepositoryformatversion = ${format === 'sha256' ? 1 : 0}\n\tbare = true\n`;
  const extensions = format === 'sha256' ? '[extensions]\n\tobjectformat = sha256\n' : '';
  return `${core}${extensions}[uploadpack]\n\tallowAnySHA1InWant = true\n\tallowFilter = true\n[gc]\n\tauto = 0\n[receive]\n\tautogc = false\n`;
}

async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
