import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseRemoteUrl } from '../../../platform/git/index.ts';
import { answerOf, readCommitFacts } from '../../commit/index.ts';
import { type CheckoutFacts, type CommitFacts, noSha } from '../../plan/index.ts';
import type { Checkout } from './findCheckout.ts';

/** What a run tells its jobs of the checkout that it is of, and where that comes from. */
export interface DescribedCheckout {
  readonly facts: CheckoutFacts;
  /** Without a password; null without an origin. */
  readonly originUrl: string | null;
  /** False while nothing is committed. */
  readonly hasCommit: boolean;
}

const gitHub = 'https://github.com';

/** Reads what there is to know of a checkout, as it stands at `now`. */
export async function describeCheckout(checkout: Checkout, now: Date): Promise<DescribedCheckout> {
  const { root, gitDir, commonDir } = checkout;
  const [head, symbolic, originHead, settings] = await Promise.all([
    readCommitFacts(root, 'HEAD'),
    readSymbolic(join(gitDir, 'HEAD')),
    readSymbolic(join(commonDir, 'refs', 'remotes', 'origin', 'HEAD')),
    answerOf(root, ['config', '--null', '--get-regexp', '^(remote\\.origin\\.url|user\\.name)$']),
  ]);
  const tag =
    symbolic === null ? await answerOf(root, ['describe', '--tags', '--exact-match', 'HEAD']) : null;
  const branch = symbolic?.replace(/^refs\/heads\//, '') ?? null;
  const defaultBranch = originHead?.replace(/^refs\/remotes\/origin\//, '') ?? branch ?? 'main';
  const { 'remote.origin.url': origin, 'user.name': user } = settingsOf(settings ?? '');
  const originUrl = origin === undefined ? null : withoutSecrets(origin, root);
  const facts: CheckoutFacts = {
    repository: repositoryOf(originUrl, root),
    serverUrl: serverOf(originUrl),
    defaultBranch,
    sha: head?.commit.sha ?? noSha,
    ref: tag === null ? `refs/heads/${branch ?? defaultBranch}` : `refs/tags/${tag}`,
    before: head?.parent ?? null,
    commit: head?.commit ?? nothingCommitted(now),
    actor: loginOf(user ?? head?.commit.author.name ?? ''),
    run: { id: now.getTime(), number: 1, attempt: 1 },
  };
  return { facts, originUrl, hasCommit: head !== null };
}

/** What a ref points to by name: `refs/heads/main` of HEAD; null when it is a commit, or not there. */
async function readSymbolic(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^ref: (\S+)/.exec(text)?.[1] ?? null;
}

/** The last value of each counts. */
const settingsOf = (output: string): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    output.split('\0').map((entry) => {
      const at = entry.indexOf('\n');
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );

function nothingCommitted(now: Date): CommitFacts {
  const nobody = { name: '', email: '', at: now };
  return {
    sha: noSha,
    treeSha: noSha,
    message: '',
    author: nobody,
    committer: nobody,
    added: [],
    modified: [],
    removed: [],
  };
}

function withoutSecrets(url: string, root: string): string {
  try {
    return parseRemoteUrl(url).address;
  } catch {
    return url.startsWith('.') ? `${root}/${url}` : url.replace(/^([a-z]+:\/\/)[^/]*@/i, '$1');
  }
}

function repositoryOf(originUrl: string | null, root: string): string {
  const path = (originUrl ?? '').replace(/\/+$/, '').replace(/\.git$/, '');
  const [name, owner] = path.split(/[/:]/).reverse();
  const isName = (text: string | undefined) => text !== undefined && /^[\w.-]+$/.test(text);
  if (isName(name) && isName(owner)) return `${owner}/${name}`;
  return `local/${basename(root).replace(/[^\w.-]/g, '-') || 'repository'}`;
}

/** Only the web address of the origin can be that of a server like GitHub. */
function serverOf(originUrl: string | null): string {
  return originUrl !== null && /^https?:/.test(originUrl) ? new URL(originUrl).origin : gitHub;
}

/** The name of an account, made of the name of a person. */
const loginOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\w-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase() || 'local';
