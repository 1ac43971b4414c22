import { runGit } from './git.ts';
import { findObjects } from './objects.ts';
import { refNameProblem } from './refName.ts';
import { branchesOf, isBranchOrTag, readRefs } from './refSnapshot.ts';
import { isSha } from './sha.ts';
import { suggestNames } from './suggest.ts';

export type ResolvedRef = { ok: true; sha: string; kind: 'branch' | 'tag' | 'sha'; name: string };

export type UnresolvedRef = {
  ok: false;
  reason: 'unknown' | 'ambiguous' | 'not_a_commit' | 'empty_repository' | 'invalid';
  /** For the person who typed it: what is wrong and what to do. */
  message: string;
  /** Shas that a short one could mean. */
  candidates?: string[];
  /** Branches with a name like it. */
  suggestions?: string[];
};

export type RefResolution = ResolvedRef | UnresolvedRef;

/**
 * Finds the commit that a person means: a branch, else a tag, else a full sha, else a short sha of 4 digits or
 * more. `refs/heads/x`, `refs/tags/x` and `origin/x` are understood. Never evaluates an expression.
 */
export async function resolveRef(directory: string, ref: string): Promise<RefResolution> {
  const problem = refNameProblem(ref);
  if (problem !== null) return failed('invalid', `${JSON.stringify(ref)} is not a ref: ${problem}`);
  // A name counts more than a sha; both are looked up at once, since most that look like a sha are one.
  const [named, bySha] = await Promise.all([resolveName(directory, ref), resolveFullSha(directory, ref)]);
  return named ?? bySha ?? (await resolveShortSha(directory, ref)) ?? (await explainUnknown(directory, ref));
}

function failed(
  reason: UnresolvedRef['reason'],
  message: string,
  more: Partial<UnresolvedRef> = {},
): UnresolvedRef {
  return { ok: false, reason, message, ...more };
}

type NamedRef = { kind: 'branch' | 'tag'; name: string; fullName: string };

/** In the order in which they count. */
function namesFor(ref: string): NamedRef[] {
  const branch = (name: string): NamedRef => ({ kind: 'branch', name, fullName: `refs/heads/${name}` });
  const tag = (name: string): NamedRef => ({ kind: 'tag', name, fullName: `refs/tags/${name}` });
  const [, full, rest = ''] = /^(?:refs\/)(heads|tags|remotes\/origin)\/(.+)$/.exec(ref) ?? [];
  if (full !== undefined) return [full === 'tags' ? tag(rest) : branch(rest)];
  const [, short, name = ''] = /^(heads|tags|origin|remotes\/origin)\/(.+)$/.exec(ref) ?? [];
  const shortened = short === undefined ? [] : [short === 'tags' ? tag(name) : branch(name)];
  return [branch(ref), tag(ref), ...shortened];
}

async function resolveName(directory: string, ref: string): Promise<RefResolution | null> {
  const names = namesFor(ref);
  const existing = await objectsOfRefs(
    directory,
    names.map(({ fullName }) => fullName),
  );
  const found = names.find(({ fullName }) => existing.has(fullName));
  if (found === undefined) return null;
  const sha = existing.get(found.fullName) ?? '';
  // Git lets a branch point to commits only; a tag may name anything.
  if (found.kind === 'branch') return { ok: true, sha, kind: found.kind, name: found.name };
  const [commit] = await findObjects(directory, [`${sha}^{commit}`]);
  if (commit?.type !== 'commit') return notACommit(`${found.kind} ${found.name}`);
  return { ok: true, sha: commit.sha, kind: found.kind, name: found.name };
}

function notACommit(what: string): UnresolvedRef {
  return failed('not_a_commit', `${what} does not name a commit; only commits can be deployed`);
}

async function objectsOfRefs(directory: string, fullNames: string[]): Promise<Map<string, string>> {
  const format = '--format=%(objectname) %(refname)';
  const output = await runGit(['for-each-ref', format, '--', ...fullNames], { gitDir: directory });
  const lines = output.toString().trimEnd().split('\n');
  // A pattern also matches what lies below it as in a directory; only exact names are looked up in the map.
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
}

async function resolveFullSha(directory: string, ref: string): Promise<RefResolution | null> {
  const sha = ref.toLowerCase();
  if (!isSha(sha)) return null;
  const [object, commit] = await findObjects(directory, [sha, `${sha}^{commit}`]);
  if (object === null || object === undefined) return null;
  return commit?.type === 'commit'
    ? { ok: true, sha: commit.sha, kind: 'sha', name: commit.sha }
    : notACommit(`object ${sha}`);
}

const maxCandidates = 10;

async function resolveShortSha(directory: string, ref: string): Promise<RefResolution | null> {
  const prefix = ref.toLowerCase();
  if (!/^[0-9a-f]{4,63}$/.test(prefix)) return null;
  const output = await runGit(['rev-parse', `--disambiguate=${prefix}`], { gitDir: directory });
  const objects = output.toString().split('\n').filter(isSha);
  const found = await findObjects(directory, objects);
  const commits = found.filter((object) => object?.type === 'commit').map((object) => object?.sha ?? '');
  const [only] = commits;
  if (only === undefined) return objects.length === 0 ? null : notACommit(`object ${ref}`);
  if (commits.length === 1) return { ok: true, sha: only, kind: 'sha', name: only };
  const candidates = commits.sort().slice(0, maxCandidates);
  return failed('ambiguous', `${ref} is the beginning of ${commits.length} commits; give more digits`, {
    candidates,
  });
}

async function explainUnknown(directory: string, ref: string): Promise<RefResolution> {
  const refs = await readRefs(directory);
  if (![...refs.keys()].some(isBranchOrTag)) {
    return failed('empty_repository', 'the repository is empty; push a commit to it first');
  }
  const suggestions = suggestNames(ref.replace(/^(refs\/)?(heads|tags|origin)\//, ''), [
    ...branchesOf(refs).keys(),
  ]);
  const hint =
    suggestions.length === 0
      ? 'check the spelling, or push it first'
      : `did you mean ${suggestions.join(', ')}?`;
  return failed('unknown', `there is no branch, tag or commit ${ref} here; ${hint}`, { suggestions });
}
