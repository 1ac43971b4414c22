/** How git reaches a repository; tokens are for http and https, keys for ssh. */
export type Transport = 'http' | 'ssh' | 'git' | 'file';

const forms = 'https://…, http://…, ssh://…, git@host:path, git://…, file:///… or an absolute path';
const transports: Record<string, Transport> = {
  'https:': 'http',
  'http:': 'http',
  'ssh:': 'ssh',
  'git:': 'git',
  'file:': 'file',
};
/**
 * `user@host:path`: no slash before the colon, nothing that ssh could take for an option, and not `ext::command`,
 * by which git would run any program.
 */
const scpForm = /^(?:[\w.][\w.-]*@)?[\w.][\w.-]*:(?!\/\/|:)[^-].*$/;
/** Marks by which the large hosts' tokens are known. */
const tokenForm = /^(gh[a-z]_|github_pat_|glpat-)|^.{32,}$/;

/** The transport of a url that has no problem, or null. */
export function transportOf(url: string): Transport | null {
  if (url.startsWith('/')) return 'file';
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(url)) {
    return URL.canParse(url) ? (transports[new URL(url).protocol] ?? null) : null;
  }
  return scpForm.test(url) ? 'ssh' : null;
}

/** What is wrong with the url of a repository, or null. Parts that may be secret are not repeated. */
export function repositoryUrlProblem(url: string): string | null {
  if (/\s/.test(url)) return 'must not contain white space; write a space as %20';
  const transport = transportOf(url);
  if (transport === null) return `must be one of ${forms}`;
  if (!url.includes('://')) return null;
  return urlPartsProblem(new URL(url), transport);
}

function urlPartsProblem(url: URL, transport: Transport): string | null {
  if (url.password !== '') {
    const instead = transport === 'ssh' ? '`ssh_key`' : '`token`';
    return `must not contain a password: remove it from the url and set ${instead} to a reference`;
  }
  if (transport === 'http' && tokenForm.test(url.username)) {
    return 'must not contain a token: remove it from the url and set `token` to a reference';
  }
  if (transport === 'file') return url.hostname === '' ? null : 'must be file:///… with an absolute path';
  // ssh and git would take a host or a user that starts with a hyphen for an option.
  if (url.hostname === '' || url.hostname.startsWith('-') || url.username.startsWith('-')) {
    return `must be one of ${forms}`;
  }
  return url.pathname.length > 1 ? null : 'lacks the path of the repository after the host';
}
