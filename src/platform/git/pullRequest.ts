/** The number of the pull or merge request that a commit came from, by what forges and people write; else null. */
export function pullRequestOf(subject: string, body: string): number | null {
  return firstNumber(subject.trim(), inSubject) ?? firstNumber(body, inBody) ?? trailerNumber(body);
}

const inSubject = [
  /^Merge pull request #(\d{1,9})\b/, // GitHub, Gitea
  /^Merge pull request '.*' \([#!](\d{1,9})\) from /, // Gitea, Forgejo
  /^Pull request #(\d{1,9}):/, // Bitbucket Server
  /^Merged PR (\d{1,9}):/, // Azure DevOps
  /\(pull request #(\d{1,9})\)$/, // Bitbucket
  /\([#!](\d{1,9})\)$/, // squash merge on GitHub, Gitea, GitLab
];

const inBody = [/^See merge request \S*!(\d{1,9})$/m]; // GitLab

function firstNumber(text: string, patterns: readonly RegExp[]): number | null {
  for (const pattern of patterns) {
    const [, digits] = pattern.exec(text) ?? [];
    if (digits !== undefined) return Number(digits);
  }
  return null;
}

/** Trailers stand in the last paragraph of a message. The last one of a kind counts. */
function trailerNumber(body: string): number | null {
  const paragraph =
    body
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? '';
  for (const line of paragraph.split('\n').reverse()) {
    const [, value] = trailer.exec(line) ?? [];
    const [, number, fromUrl] =
      /^(?:[#!]?(\d{1,9})|https?:\/\/\S+\/(?:pull|pulls|pull-requests|pullrequest|merge_requests)\/(\d{1,9})(?:[/?#]\S*)?)$/.exec(
        value ?? '',
      ) ?? [];
    const digits = number ?? fromUrl;
    if (digits !== undefined) return Number(digits);
  }
  return null;
}

const trailer = /^(?:Pull-Request|Pull-Request-URL|PR|PR-URL|Merge-Request|Reviewed-on): *(\S+)\s*$/i;
