import { parseRemoteUrl } from '../../../platform/git/index.ts';
import { askGit, type Checkout } from './findCheckout.ts';

/** What a run tells its jobs of the checkout that it runs. */
export interface CheckoutFacts {
  /** Of HEAD; null while nothing is committed. */
  readonly commit: HeadCommit | null;
  /** The branch that HEAD is on; null when it is on none. */
  readonly branch: string | null;
  /** A tag that names HEAD, if it is on no branch. */
  readonly tag: string | null;
  readonly defaultBranch: string;
  /** Without a password. */
  readonly originUrl: string | null;
  /** `owner/name`: of the origin, else of the directory. */
  readonly repository: string;
  /** By the configuration of git, else of the last commit. */
  readonly actor: { readonly name: string; readonly email: string };
}

export interface HeadCommit {
  readonly sha: string;
  readonly parent: string | null;
  readonly tree: string;
  readonly message: string;
  /** ISO 8601 with its zone. */
  readonly at: string;
  readonly author: Person;
  readonly committer: Person;
}

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** Reads what there is to know of a checkout. */
export async function describeCheckout(checkout: Checkout): Promise<CheckoutFacts> {
  const { root } = checkout;
  const [commit, head, origin, originHead, settings] = await Promise.all([
    readHead(root),
    answerOf(root, ['symbolic-ref', '--quiet', 'HEAD']),
    answerOf(root, ['config', '--get', 'remote.origin.url']),
    answerOf(root, ['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD']),
    answerOf(root, ['config', '--get-regexp', '^user\\.(name|email)$']),
  ]);
  const branch = head?.replace(/^refs\/heads\//, '') ?? null;
  const tag = branch === null ? await answerOf(root, ['describe', '--tags', '--exact-match', 'HEAD']) : null;
  const originUrl = origin === null ? null : withoutSecrets(origin, root);
  return {
    commit,
    branch,
    tag,
    defaultBranch: originHead?.replace(/^refs\/remotes\/origin\//, '') ?? branch ?? 'main',
    originUrl,
    repository: repositoryOf(originUrl, root),
    actor: actorOf(settings ?? '', commit),
  };
}

/** What git says, or null when it has no answer. */
async function answerOf(root: string, args: readonly string[]): Promise<string | null> {
  try {
    return (await askGit(args, root)).toString().trimEnd() || null;
  } catch {
    return null;
  }
}

const commitFields = ['%H', '%P', '%T', '%aI', '%an', '%ae', '%cn', '%ce', '%B'];

async function readHead(root: string): Promise<HeadCommit | null> {
  const text = await answerOf(root, ['log', '-1', `--format=${commitFields.join('%x00')}`]);
  if (text === null) return null;
  const [sha = '', parents = '', tree = '', at = '', author = '', authorEmail = '', ...rest] =
    text.split('\0');
  const [committer = '', committerEmail = '', message = ''] = rest;
  return {
    sha,
    parent: parents.split(' ')[0] || null,
    tree,
    message: message.trimEnd(),
    at,
    author: { name: author, email: authorEmail },
    committer: { name: committer, email: committerEmail },
  };
}

/** A path of this machine is no address that jobs could use, but may be fetched from all the same. */
function withoutSecrets(url: string, root: string): string {
  try {
    const remote = parseRemoteUrl(url);
    return remote.address;
  } catch {
    return url.startsWith('.') ? `${root}/${url}` : url.replace(/^([a-z]+:\/\/)[^/]*@/i, '$1');
  }
}

function repositoryOf(originUrl: string | null, root: string): string {
  const path = (originUrl ?? '').replace(/\/+$/, '').replace(/\.git$/, '');
  const [name, owner] = path.split(/[/:]/).reverse();
  if (name && owner && /^[\w.-]+$/.test(name) && /^[\w.-]+$/.test(owner)) return `${owner}/${name}`;
  const directory =
    root
      .split('/')
      .at(-1)
      ?.replace(/[^\w.-]/g, '-') || 'repository';
  return `local/${directory}`;
}

function actorOf(settings: string, commit: HeadCommit | null): Person {
  const value = (key: string) =>
    settings
      .split('\n')
      .findLast((line) => line.startsWith(`${key} `))
      ?.slice(key.length + 1);
  return {
    name: value('user.name') ?? commit?.author.name ?? 'local',
    email: value('user.email') ?? commit?.author.email ?? 'local@localhost',
  };
}
