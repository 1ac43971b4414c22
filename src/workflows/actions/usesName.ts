import { AppError } from '../../platform/errors.ts';
import { refNameProblem } from '../../platform/git/index.ts';

/** What `uses:` says, taken apart. */
export type UsesName = LocalName | RemoteName | { readonly kind: 'docker'; readonly image: string };

export interface LocalName {
  readonly kind: 'local';
  readonly uses: string;
  /** Relative to the workspace. */
  readonly path: string;
}

export interface RemoteName {
  readonly kind: 'remote';
  readonly uses: string;
  readonly owner: string;
  readonly repository: string;
  /** Inside of the repository: `sub/dir`, or empty for its root. */
  readonly path: string;
  readonly ref: string;
}

/** Reads `./path`, `owner/repo[/path]@ref` or `docker://image`. Throws `invalid_input` for anything else. */
export function parseUses(uses: string): UsesName {
  if (uses.startsWith('docker://')) return { kind: 'docker', image: uses.slice('docker://'.length) };
  if (/^\.[/\\]/.test(uses)) return { kind: 'local', uses, path: uses.replaceAll('\\', '/') };
  return parseRemote(uses);
}

function parseRemote(uses: string): RemoteName {
  const at = uses.indexOf('@');
  if (at === -1) throw wrong(uses, 'it names no version: add @ and a tag, a branch or a full sha');
  const [owner = '', repository = '', ...path] = uses
    .slice(0, at)
    .split(/[/\\]/)
    .filter((part) => part !== '');
  if (repository === '' || /^[/\\]/.test(uses)) throw wrong(uses, expected);
  for (const part of [owner, repository]) {
    if (!/^[A-Za-z0-9._-]+$/.test(part) || /^\.+$|^-/.test(part))
      throw wrong(uses, `${JSON.stringify(part)} is no name of an owner or a repository`);
  }
  if (path.some((part) => /^\.+$|\p{Cc}/u.test(part)))
    throw wrong(uses, 'its path must stay inside of the repository');
  const ref = uses.slice(at + 1);
  const problem = refNameProblem(ref);
  if (problem !== null) throw wrong(uses, `${JSON.stringify(ref)} is not a ref: ${problem}`);
  return { kind: 'remote', uses, owner, repository, path: path.join('/'), ref };
}

const expected =
  'it takes ./path for an action of this repository, owner/repo@ref or owner/repo/path@ref for another one';

function wrong(uses: string, why: string): AppError {
  return new AppError('invalid_input', `uses: ${JSON.stringify(uses)} names no action: ${why}`, { uses });
}
