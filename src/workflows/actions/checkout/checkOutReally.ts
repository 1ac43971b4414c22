import { appendFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  configValue,
  FetchError,
  type GitCredential,
  GitError,
  type GitOptions,
  parseRemoteUrl,
  runGit,
  withAccess,
} from '../../../platform/git/index.ts';
import { type CheckoutInputs, refused, type Target } from './checkoutInputs.ts';
import { type LaterAccess, laterConfig, rewrite } from './laterAccess.ts';

/** Where a repository comes from. */
export interface Origin {
  /** What the clone calls its origin. */
  readonly url: string;
  /** What is really spoken to: a repository on this machine whose objects may be borrowed. Null: the URL itself. */
  readonly insteadOf: string | null;
  readonly credential: GitCredential | undefined;
  /** What later steps speak to. Null: what the checkout itself does. */
  readonly later: LaterAccess | null;
}

/** In the configuration of a repository that this made. */
export const ownMark = 'slipwayCheckout';

/**
 * Makes a clone, or brings the one that is there up to date, with the history and the refs that GitHub's action would
 * leave, and checks out. Answers the sha. Whatever else lies in the directory goes.
 */
export async function checkOutReally(
  inputs: CheckoutInputs,
  origin: Origin,
  target: Target,
  say: (line: string) => void,
): Promise<string> {
  const { directory } = inputs;
  const gitDir = join(directory, '.git');
  await prepare(inputs, origin, say);
  const remote = parseRemoteUrl(origin.insteadOf === null ? origin.url : origin.insteadOf);
  return withAccess(remote, origin.credential, undefined, async ({ env, secrets }) => {
    const options: GitOptions = {
      gitDir,
      cwd: directory,
      env: { ...env, GIT_WORK_TREE: directory },
      secrets,
      timeoutMs,
    };
    try {
      const from = origin.insteadOf ?? 'origin';
      const wanted = await completeTarget(target, from, options);
      say(`Fetching ${wanted.sha ?? wanted.ref} of ${inputs.repository}`);
      await fetchTarget(inputs, wanted, from, options);
      await sparse(inputs, options);
      await checkOutTarget(wanted, options);
    } catch (error) {
      if (error instanceof GitError) throw new FetchError(remote.display, error);
      throw error;
    }
    return (await runGit(['rev-parse', 'HEAD'], options)).toString().trim();
  });
}

const timeoutMs = 30 * 60_000;

async function prepare(inputs: CheckoutInputs, origin: Origin, say: (line: string) => void): Promise<void> {
  const { directory, clean } = inputs;
  await mkdir(directory, { recursive: true });
  const names = await readdir(directory);
  if (names.includes('.git') && (await originOf(directory)) === origin.url) {
    if (!clean) return;
    await runGit(['clean', '-ffdxq'], { cwd: directory });
    await runGit(['reset', '--quiet', '--hard'], { cwd: directory }).catch(() => undefined);
    return;
  }
  if (names.length > 0) say(`Deleting what was in ${directory}`);
  await Promise.all(names.map((name) => rm(join(directory, name), { recursive: true, force: true })));
  await runGit(['init', '--quiet', '--template=', '--', directory]);
  await appendFile(join(directory, '.git', 'config'), configText(origin));
  if (origin.insteadOf === null) return;
  await mkdir(join(directory, '.git', 'objects', 'info'), { recursive: true });
  const borrowed = join(origin.insteadOf, 'objects');
  await writeFile(join(directory, '.git', 'objects', 'info', 'alternates'), `${borrowed}\n`);
}

/** Of a clone that this made; null of any other. */
async function originOf(directory: string): Promise<string | null> {
  try {
    const args = ['config', '--local', '--get', `${ownMark}.url`];
    return (await runGit(args, { gitDir: join(directory, '.git') })).toString().trim();
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}

function configText({ url, insteadOf, later }: Origin): string {
  const { address } = parseRemoteUrl(url);
  const lines = [
    '[gc]',
    '\tauto = 0',
    '[remote "origin"]',
    `\turl = ${configValue(address)}`,
    '\tfetch = +refs/heads/*:refs/remotes/origin/*',
    `[${ownMark}]`,
    `\turl = ${configValue(url === address ? url : address)}`,
    ...(later === null ? rewrite(insteadOf, 'insteadOf', address) : laterConfig(later, insteadOf, address)),
  ];
  return `${lines.join('\n')}\n`;
}

/** Of another repository: what its default branch is, or whether a name is a branch or a tag. */
async function completeTarget(target: Target, from: string, options: GitOptions): Promise<Target> {
  const { ref, sha } = target;
  if (sha !== null || ref.startsWith('refs/')) return target;
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref)) return { ref: '', sha: ref.toLowerCase() };
  const output = (await runGit(['ls-remote', '--symref', from], options)).toString();
  const [, branch] = /^ref: (refs\/heads\/.+)\tHEAD$/m.exec(output) ?? [];
  const names =
    ref === '' ? (branch === undefined ? [] : [branch]) : [`refs/heads/${ref}`, `refs/tags/${ref}`];
  const name = names.find((full) => output.split('\n').some((line) => line.endsWith(`\t${full}`)));
  if (name === undefined)
    throw refused(
      ref === ''
        ? 'the repository has no default branch'
        : `there is no branch or tag ${JSON.stringify(ref)} in it`,
    );
  return { ref: name, sha: null };
}

/** The refs are where GitHub's action puts them. */
async function fetchTarget(
  inputs: CheckoutInputs,
  target: Target,
  from: string,
  options: GitOptions,
): Promise<void> {
  const { depth, tags } = inputs;
  const all = depth === 0 ? ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'] : [];
  const one = `+${target.sha ?? target.ref}:${placeOf(target)}`;
  const more = depth !== 0 && tags ? ['+refs/tags/*:refs/tags/*'] : [];
  const how = ['--quiet', '--no-tags', '--no-write-fetch-head', '--update-shallow', '--force'];
  const history = depth === 0 ? [] : [`--depth=${depth}`];
  await runGit(['fetch', ...how, ...history, from, ...all, ...more], options).catch((error: unknown) => {
    if (all.length + more.length > 0) throw error;
  });
  await runGit(['fetch', ...how, ...history, from, one], options);
}

function placeOf({ ref }: Target): string {
  if (ref.startsWith('refs/heads/')) return ref.replace('refs/heads/', 'refs/remotes/origin/');
  if (ref.startsWith('refs/pull/')) return ref.replace('refs/pull/', 'refs/remotes/pull/');
  return ref.startsWith('refs/tags/') ? ref : 'refs/slipway/checkout';
}

async function sparse({ sparse: wanted }: CheckoutInputs, options: GitOptions): Promise<void> {
  if (wanted === null) return;
  const cone = wanted.cone ? '--cone' : '--no-cone';
  await runGit(['sparse-checkout', 'set', cone, '--stdin'], {
    ...options,
    input: `${wanted.patterns.join('\n')}\n`,
  });
}

async function checkOutTarget(target: Target, options: GitOptions): Promise<void> {
  const place = placeOf(target);
  const branch = /^refs\/heads\/(.+)$/.exec(target.ref)?.[1];
  const how = branch === undefined ? ['--detach', place] : ['-B', branch, place];
  await runGit(['checkout', '--quiet', '--force', ...how, '--'], options);
}
