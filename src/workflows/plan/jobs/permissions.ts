import type { Access, Permissions } from '../../language/index.ts';

export type Grants = Readonly<Record<string, Access>>;

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions */
const scopes = [
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'id-token',
  'issues',
  'models',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'security-events',
  'statuses',
  'vulnerability-alerts',
] as const;

/** Of these there is nothing but `write`, of those nothing but `read`. */
const writeOnly: readonly string[] = ['id-token'];
const readOnly: readonly string[] = ['models', 'vulnerability-alerts'];

/** What a token may do that nobody gave permissions: GitHub's restricted default. */
export const defaultGrants: Grants = { contents: 'read', metadata: 'read', packages: 'read' };

/** What `permissions:` grants. A scope that is not in it has none; `metadata` can always be read. */
export function grantsOf(permissions: Permissions): Grants {
  const entries =
    'scopes' in permissions
      ? Object.entries(permissions.scopes)
      : scopes.map((scope) => [scope, allowed(scope, permissions.all)] as const);
  const granted = entries.map(([scope, access]) => [scope, allowed(scope, access)] as const);
  return sorted([...granted.filter(([, access]) => access !== 'none'), ['metadata', 'read']]);
}

function allowed(scope: string, access: Access): Access {
  if (writeOnly.includes(scope)) return access === 'write' ? 'write' : 'none';
  return readOnly.includes(scope) && access === 'write' ? 'read' : access;
}

/** What both grant: a called workflow may have less than its caller, never more. */
export function narrow(grants: Grants, ceiling: Grants): Grants {
  const entries = Object.entries(grants).map(([scope, access]) => {
    const most = ceiling[scope] ?? 'none';
    return [scope, rank[access] <= rank[most] ? access : most] as const;
  });
  return sorted(entries.filter(([, access]) => access !== 'none'));
}

/** What is asked for beyond what may be given: `contents: write`, with what is allowed. */
export function excess(
  grants: Grants,
  ceiling: Grants,
): { readonly asked: string; readonly allowed: string }[] {
  return Object.entries(grants).flatMap(([scope, access]) => {
    const most = ceiling[scope] ?? 'none';
    return rank[access] <= rank[most] ? [] : [{ asked: `${scope}: ${access}`, allowed: `${scope}: ${most}` }];
  });
}

/** What is left to a pull request from a fork. */
export function forFork(grants: Grants): Grants {
  const entries = Object.entries(grants).map(
    ([scope, access]) =>
      [scope, writeOnly.includes(scope) ? 'none' : access === 'write' ? 'read' : access] as const,
  );
  return sorted(entries.filter(([, access]) => access !== 'none'));
}

const rank: Readonly<Record<Access, number>> = { none: 0, read: 1, write: 2 };

function sorted(entries: readonly (readonly [string, Access])[]): Grants {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
