import { type Expanded, writtenSlice } from './expand.ts';
import { parseHost, type UrlPrefix } from './urlPrefix.ts';

/** The parts of a DSN; null is one that is missing or wrong. */
export interface Dsn {
  readonly publicId: bigint | null;
  readonly publicKey: string | null;
  /** Never part of a message. */
  readonly secretKey: string | null;
  /** The id as messages show it: with a reference instead of its value. */
  readonly writtenId: string;
}

export const dsnForm = '<scheme>://<public_key>:<secret_key>@<hostname>/<project_id>';

/** Nothing of it is known. */
export const noDsn: Dsn = { publicId: null, publicKey: null, secretKey: null, writtenId: '' };
const largestId = 2n ** 63n - 1n;
const longestSecret = 200;

/** The pieces of a DSN between their separators. The keys end at the last `@`: what follows it is not secret. */
interface Pieces {
  readonly scheme: string;
  readonly publicKey: string;
  /** undefined when there is no `:`. */
  readonly secretKey: string | undefined;
  readonly host: string;
  readonly path: string;
  /** `?` or `#` and what follows. */
  readonly rest: string;
  shown(part: 'scheme' | 'host' | 'path'): string;
}

/**
 * Takes a DSN apart and says all that is wrong with it, each as a sentence. Without `prefix` its address is not
 * compared. Keys are never repeated, and neither is what a reference stands for.
 */
export function readDsn(
  value: Expanded,
  prefix: UrlPrefix | null,
  secret: 'required' | 'optional',
): { dsn: Dsn; problems: string[] } {
  const pieces = splitDsn(value);
  if (typeof pieces === 'string') return { dsn: noDsn, problems: [pieces] };
  const problems: string[] = [];
  const publicKey = readPublicKey(pieces.publicKey, problems);
  const secretKey = readSecretKey(pieces.secretKey, secret, problems);
  checkAddress(pieces, prefix, problems);
  const id = readPath(pieces, prefix, problems);
  if (pieces.rest !== '') problems.push('its DSN has a query or a fragment (`?…`, `#…`); remove it');
  return { dsn: { ...id, publicKey, secretKey }, problems };
}

function splitDsn(value: Expanded): Pieces | string {
  const { text } = value;
  const schemeEnd = text.indexOf('://');
  if (schemeEnd < 1) return `this is no DSN; write ${dsnForm}`;
  if (/[\s\p{Cc}]/u.test(text)) return 'its DSN has white space or control characters in it';
  const keysEnd = text.lastIndexOf('@');
  if (keysEnd < schemeEnd) return `its DSN has no keys before the hostname; write ${dsnForm}`;
  const keys = text.slice(schemeEnd + 3, keysEnd);
  if (/[/?#@]/.test(keys)) {
    return 'a key of its DSN contains `/`, `?`, `#` or `@`; write %2F, %3F, %23 or %40 instead';
  }
  const colon = keys.indexOf(':');
  const hostEnd = endOf(text, /[/?#]/g, keysEnd);
  const pathEnd = endOf(text, /[?#]/g, keysEnd);
  const ends: Record<'scheme' | 'host' | 'path', readonly [number, number]> = {
    scheme: [0, schemeEnd],
    host: [keysEnd + 1, hostEnd],
    path: [hostEnd, pathEnd],
  };
  return {
    scheme: text.slice(...ends.scheme),
    publicKey: colon === -1 ? keys : keys.slice(0, colon),
    secretKey: colon === -1 ? undefined : keys.slice(colon + 1),
    host: text.slice(...ends.host),
    path: text.slice(...ends.path),
    rest: text.slice(pathEnd),
    shown: (part) => shortened(writtenSlice(value, ...ends[part])),
  };
}

function endOf(text: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

function readPublicKey(key: string, problems: string[]): string | null {
  if (/^[A-Za-z0-9_]{1,64}$/.test(key)) return key;
  problems.push(
    key === ''
      ? `its DSN lacks the public key; write ${dsnForm}`
      : 'its public key must be 1 to 64 letters, digits or `_`; with others the SDKs silently send nothing',
  );
  return null;
}

function readSecretKey(
  key: string | undefined,
  secret: 'required' | 'optional',
  problems: string[],
): string | null {
  if (key === undefined && secret === 'optional') return null;
  const problem = key ? secretProblem(key) : secretMissing(key, secret);
  if (problem === null) return decodeURIComponent(key ?? '');
  problems.push(problem);
  return null;
}

function secretMissing(key: string | undefined, secret: 'required' | 'optional'): string {
  if (secret === 'optional') {
    return 'its DSN has no secret key after the `:`; without the `:` the stored one stays';
  }
  const instead = key === undefined ? '; the form `- { name: …, dsn: … }` may leave it out' : '';
  return `its DSN lacks the secret key (\`:<secret_key>\` after the public key)${instead}`;
}

function secretProblem(key: string): string | null {
  if (/%(?![0-9A-Fa-f]{2})/.test(key)) return 'its secret key has a `%` that encodes nothing; write %25';
  let decoded: string;
  try {
    decoded = decodeURIComponent(key);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    return 'its secret key encodes bytes that are not UTF-8';
  }
  if (decoded.length > longestSecret) return `its secret key has more than ${longestSecret} characters`;
  return /[\p{C}\p{Z}]/u.test(decoded) ? 'its secret key has characters in it that cannot be printed' : null;
}

function checkAddress(pieces: Pieces, prefix: UrlPrefix | null, problems: string[]): void {
  const scheme = pieces.scheme.toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') {
    problems.push(`its scheme must be http or https${wordOf(pieces.shown('scheme'))}`);
  } else if (prefix && scheme !== prefix.scheme) {
    problems.push(
      `its scheme is ${pieces.shown('scheme')}, but that of url_prefix is ${prefix.scheme} (${prefix.text})`,
    );
  }
  // Nearly always so, and much quicker than parsing it.
  if (pieces.host.toLowerCase() === prefix?.address) return;
  const host = parseHost(pieces.host);
  if ('problem' in host) {
    problems.push(`its ${host.problem}; write ${dsnForm}`);
    return;
  }
  if (!prefix) return;
  if (host.name !== prefix.host.name) {
    const shown = pieces.shown('host').replace(/:\d*$/, '');
    problems.push(
      `its hostname is \`${shown}\`, but that of url_prefix is \`${prefix.host.name}\` (${prefix.text})`,
    );
  }
  if (host.port !== null && prefix.host.port !== null && host.port !== prefix.host.port) {
    problems.push(
      `the port of \`${pieces.shown('host')}\` is not that of url_prefix, ${prefix.host.port} (${prefix.text})`,
    );
  }
}

/** A scheme is repeated when it is a word; anything else may be a key in the wrong place. */
const wordOf = (scheme: string) => (/^[A-Za-z]{1,8}$/.test(scheme) ? `, not \`${scheme}\`` : '');

/** The id stands directly below the path of the prefix. */
function readPath(
  pieces: Pieces,
  prefix: UrlPrefix | null,
  problems: string[],
): Pick<Dsn, 'publicId' | 'writtenId'> {
  const { path } = pieces;
  const base = prefix?.path ?? path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const id = path.startsWith(`${base}/`) ? path.slice(base.length + 1) : path;
  const writtenId = pieces.shown('path').slice(path.length - id.length);
  const problem = pathProblem(path, base, id, writtenId, pieces.shown('path'));
  if (problem === null) return { publicId: BigInt(id), writtenId };
  problems.push(problem);
  return { publicId: null, writtenId };
}

function pathProblem(
  path: string,
  base: string,
  id: string,
  writtenId: string,
  written: string,
): string | null {
  if (path === '/' || path === base || id === '') {
    return `its DSN lacks the project_id after the hostname; write ${dsnForm}`;
  }
  if (id.includes('/')) return `its path must be \`${base}/<project_id>\`, not \`${written}\``;
  const problem = idProblem(id);
  return problem && `project_id \`${writtenId}\` ${problem}`;
}

function idProblem(id: string): string | null {
  if (/^-\d+$/.test(id)) return 'is negative; ids start at 1';
  if (/^-?\d*\.\d+$/.test(id)) return 'is a fraction; ids are whole numbers';
  if (!/^\d+$/.test(id)) return 'is not a number';
  const digits = id.replace(/^0+/, '');
  if (digits === '') return 'is zero; ids start at 1';
  if (digits.length > 19 || BigInt(digits) > largestId) return `is too large; the largest is ${largestId}`;
  return null;
}
