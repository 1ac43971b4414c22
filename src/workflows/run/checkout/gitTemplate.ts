import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../../../platform/errors.ts';
import { configValue } from '../../../platform/git/index.ts';
import { askGit } from '../../commit/index.ts';
import type { Checkout } from './findCheckout.ts';

/**
 * Writes a git directory for a workspace: HEAD, index, branches and tags as in the checkout, and its objects
 * borrowed. What steps commit, stage, fetch or collect stays in it; nothing leads back to the checkout but reading.
 */
export async function writeGitTemplate(
  checkout: Checkout,
  originUrl: string | null,
  to: string,
): Promise<void> {
  const { gitDir, commonDir } = checkout;
  await mkdir(join(to, 'objects', 'info'), { recursive: true });
  await mkdir(join(to, 'refs'), { recursive: true });
  await mkdir(join(to, 'info'), { recursive: true });
  await Promise.all([
    writeFile(join(to, 'objects', 'info', 'alternates'), `${join(commonDir, 'objects')}\n`),
    writeFile(join(to, 'config'), configText(checkout, originUrl)),
    readFile(join(gitDir, 'HEAD')).then((head) => writeFile(join(to, 'HEAD'), head)),
    copyIndex(gitDir, to),
    copyIfThere(join(commonDir, 'shallow'), join(to, 'shallow')),
    copyIfThere(join(commonDir, 'info', 'exclude'), join(to, 'info', 'exclude')),
    writeRefs(checkout, to),
  ]);
}

/**
 * Pushing is refused: a workflow that is tried here must not publish by the keys of whoever tries it. Git's own
 * words then name this address.
 */
const noPush = 'slipway-does-not-push-from-a-local-run';

function configText({ objectFormat }: Checkout, originUrl: string | null): string {
  const format = objectFormat === 'sha256' ? 1 : 0;
  const lines = ['[core]', `\trepositoryformatversion = ${format}`, '\tfilemode = true', '\tbare = false'];
  lines.push('\tlogallrefupdates = true', '[gc]', '\tauto = 0');
  if (format === 1) lines.push('[extensions]', '\tobjectformat = sha256');
  if (originUrl !== null) {
    lines.push('[remote "origin"]', `\turl = ${configValue(originUrl)}`, `\tpushurl = ${noPush}`);
    lines.push('\tfetch = +refs/heads/*:refs/remotes/origin/*');
  }
  return `${lines.join('\n')}\n`;
}

/** With what it may be split into (`core.splitIndex`). */
async function copyIndex(gitDir: string, to: string): Promise<void> {
  const names = (await readdir(gitDir)).filter((name) => name === 'index' || name.startsWith('sharedindex.'));
  await Promise.all(names.map((name) => copyIfThere(join(gitDir, name), join(to, name))));
}

async function writeRefs({ root }: Checkout, to: string): Promise<void> {
  const format = '--format=%(objectname) %(refname)%00%(symref)';
  const output = await askGit(['for-each-ref', format, 'refs/heads', 'refs/tags', 'refs/remotes'], root);
  const packed: string[] = [];
  for (const line of output.toString('latin1').split('\n')) {
    const [ref = '', target = ''] = line.split('\0');
    if (target === '' && ref !== '') packed.push(`${ref}\n`);
    else if (target !== '') await writeSymbolic(to, ref.slice(ref.indexOf(' ') + 1), target);
  }
  await writeFile(join(to, 'packed-refs'), Buffer.from(packed.join(''), 'latin1'));
}

/** `refs/remotes/origin/HEAD` has no place among the packed ones. */
async function writeSymbolic(to: string, name: string, target: string): Promise<void> {
  const file = join(to, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `ref: ${target}\n`);
}

async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
