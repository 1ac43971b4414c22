/** Pages of a repository where it is hosted. */
export interface Forge {
  commit(sha: string): string;
  pullRequest(number: number): string;
}

/** The pages of a repository at a host whose addresses are known; undefined for all others. */
export function forgeOf(repositoryUrl: string): Forge | undefined {
  const { host, path } = partsOf(repositoryUrl) ?? {};
  if (host === undefined || path === undefined) return undefined;
  const kind = hosts.find(([pattern]) => pattern.test(host))?.[1];
  return kind?.(`https://${host}/${encodeURI(path)}`);
}

const hosts: readonly (readonly [RegExp, (home: string) => Forge])[] = [
  [/^github\./, (home) => pages(home, 'commit', 'pull')],
  [/^gitlab\./, (home) => pages(home, '-/commit', '-/merge_requests')],
  [/^bitbucket\.org$/, (home) => pages(home, 'commits', 'pull-requests')],
  [/^(codeberg\.org|gitea\.|forgejo\.)/, (home) => pages(home, 'commit', 'pulls')],
];

const pages = (home: string, commit: string, pull: string): Forge => ({
  commit: (sha) => `${home}/${commit}/${sha}`,
  pullRequest: (number) => `${home}/${pull}/${number}`,
});

/** `https://host/a/b.git`, `ssh://git@host/a/b` and `git@host:a/b.git` name the same place. */
function partsOf(url: string): { host: string; path: string } | undefined {
  const match =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([\w.-]+)(?::\d+)?\/(.+)$/.exec(url) ??
    /^(?:[^@/:]+@)?([\w.-]+):(?!\/)(.+)$/.exec(url);
  const [, host, path] = match ?? [];
  if (host === undefined || path === undefined) return undefined;
  return { host: host.toLowerCase(), path: path.replace(/\/+$/, '').replace(/\.git$/, '') };
}
