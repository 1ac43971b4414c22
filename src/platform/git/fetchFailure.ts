import { AppError, systemCode } from '../errors.ts';
import { GitError } from './gitError.ts';

export const fetchFailureKinds = [
  'not_found',
  'auth',
  'network',
  'timeout',
  'not_a_repository',
  'corrupt',
  'disk_full',
  'host_key',
  'gone',
  'unknown',
] as const;

export type FetchFailureKind = (typeof fetchFailureKinds)[number];
export type FetchFailure = { kind: FetchFailureKind; message: string };

/** Says in a sentence why a fetch failed and what to do next. Never contains a credential. */
export function explainFetchFailure(error: unknown): FetchFailure {
  if (error instanceof FetchError) return { kind: error.kind, message: error.message };
  const text =
    error instanceof GitError ? error.stderr : error instanceof Error ? error.message : String(error);
  const found = signs.find(([, sign]) => sign.test(text));
  const kind = kindByNature(error) ?? found?.[0] ?? 'unknown';
  const said = reasonLine(text, found?.[1]);
  return { kind, message: said === '' ? advice[kind] : `${advice[kind]} (${said})` };
}

/** A fetch that failed, explained. `details.kind` holds the kind for machines. */
export class FetchError extends AppError {
  readonly kind: FetchFailureKind;

  constructor(repository: string, cause: unknown) {
    const { kind, message } = explainFetchFailure(cause);
    super('upstream_failed', `cannot fetch ${repository}: ${message}`, { kind }, { cause });
    this.name = 'FetchError';
    this.kind = kind;
  }
}

const advice: Record<FetchFailureKind, string> = {
  not_found:
    'there is no such repository, or this credential may not see it; check the address and who may read it',
  auth: 'the server refused the credential; give a token or SSH key (without a passphrase) that may read this repository',
  network:
    'the server cannot be reached; check host, port, proxy and certificate from the machine that runs Slipway',
  timeout: 'the server took too long to answer; it is tried again with the next fetch',
  not_a_repository: 'there is no git repository at this address; check the path',
  corrupt:
    'the repository is damaged; run `git fsck` at the source, and if it is sound remove the mirror to fetch it anew',
  disk_full: 'the disk with the mirrors is full or read-only; make room, then fetch again',
  host_key:
    'the host key of the server is not the one known so far; if that change is right, remove its line from the known hosts file',
  gone: 'the commit is not there any more, as after a force-push; push it again, or run a newer one',
  unknown: 'git gave a reason that Slipway does not know',
};

/** In this order: a full disk also damages packs, and a wrong host key also ends a connection. */
const signs: readonly (readonly [FetchFailureKind, RegExp])[] = [
  ['disk_full', /No space left on device|Disk quota exceeded|Read-only file system/i],
  ['host_key', /Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/],
  ['gone', /not our ref [0-9a-f]{40}/],
  // With a path in quotes it is the mirror that git does not recognise.
  ['corrupt', /not a git repository: '|bad ref /],
  [
    'auth',
    /Authentication failed|could not read (Username|Password)|Permission denied \(|HTTP Basic: Access denied|Invalid username or|requested URL returned error: (401|403)|Too many authentication failures|Load key .*(invalid format|error in libcrypto)/i,
  ],
  [
    'not_found',
    /repository ('.*' )?not found|requested URL returned error: (404|410)|could not be found|does not exist/i,
  ],
  [
    'not_a_repository',
    /does not appear to be a git repository|is this a git repository\?|not a git repository|invalid gitfile format/i,
  ],
  ['timeout', /timed out|Operation too slow|Timeout, server .* not responding/i],
  [
    'network',
    /Could not resolve|Failed to connect|Couldn't connect|Connection (refused|reset|closed)|unable to connect|unreachable|No route to host|SSL|certificate|TLS|returned error: 5\d\d|RPC failed|early EOF|hung up unexpectedly|unexpected disconnect|Empty reply|Recv failure/i,
  ],
  [
    'corrupt',
    /corrupt|bad object|bad tree|inflate|missing necessary objects|did not send all necessary objects|unable to read|index-pack failed|does not match index|bad signature|unresolved delta|bad config|reference broken|invalid sha1 pointer|missing blob|could not parse commit/i,
  ],
];

function kindByNature(error: unknown): FetchFailureKind | null {
  if (error instanceof GitError && error.stopped === 'timeout') return 'timeout';
  if (error instanceof Error && error.name === 'TimeoutError') return 'timeout';
  return ['ENOSPC', 'EROFS', 'EDQUOT'].includes(systemCode(error) ?? '') ? 'disk_full' : null;
}

/** The line of git's output that carries the reason. */
function reasonLine(text: string, sign: RegExp | undefined): string {
  const lines = text.split('\n').map((line) => line.replace(/^remote: /, '').trim());
  const telling =
    lines.find((line) => sign?.test(line)) ?? lines.find((line) => /^(fatal|error):/.test(line));
  return (telling ?? lines.find((line) => line !== '') ?? '').slice(0, 300);
}
