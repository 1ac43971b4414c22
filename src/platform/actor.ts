import type { Who } from '../contract/common.ts';
import { type Access, type Role, roles, type Scope } from '../contract/endpoint.ts';
import { AppError } from './errors.ts';

/** Who acts: passed as a parameter to every use case that changes or shows something. */
export interface Actor {
  readonly kind: 'user' | 'machine' | 'system';
  /** The user's id; null for the local CLI and for Slipway itself. */
  readonly id: number | null;
  readonly name: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  /** Slugs of the teams the user belongs to. */
  readonly teams: readonly string[];
  readonly ip: string | null;
  /** The job whose own token speaks: it opens no more than its permissions say, and only of this repository. */
  readonly job?: { readonly repositoryId: number; readonly permissions: Readonly<Record<string, string>> };
  /** When the token that speaks for the actor ends, if it does: what it makes must not outlive it. */
  readonly expiresAt?: Date;
}

/** Slipway itself, for what no one asked for: an expired lock, a runner that vanished. */
export const systemActor: Actor = {
  kind: 'system',
  id: null,
  name: 'slipway',
  role: 'owner',
  scopes: ['read', 'deploy', 'admin'],
  teams: [],
  ip: null,
};

export const hasRole = (actor: Actor, role: Role): boolean =>
  roles.indexOf(actor.role) >= roles.indexOf(role);

/** Whether `actor` may do, here and now, what takes this role beyond the endpoint's own access: a token needs `admin`. */
export const mayAdminister = (actor: Actor, role: 'admin' | 'owner'): boolean =>
  hasRole(actor, role) && actor.scopes.includes('admin');

/** Throws unless `actor` has the role and the scope that an endpoint demands. */
export function assertAccess(actor: Actor, access: Exclude<Access, 'public'>): void {
  if (actor.job !== undefined) {
    assertJobAccess(actor.job.permissions, access.job ?? []);
    return;
  }
  if (!hasRole(actor, access.role)) {
    throw new AppError('forbidden', `this takes the role ${access.role}; ${actor.name} is ${actor.role}`, {
      required_role: access.role,
    });
  }
  if (!actor.scopes.includes(access.scope)) {
    throw new AppError('forbidden', `this takes a token with the scope "${access.scope}"`, {
      required_scope: access.scope,
    });
  }
}

/** Throws unless the job's own token may write to one of these. */
export function assertJobAccess(
  held: Readonly<Record<string, string>>,
  permissions: readonly string[],
): void {
  if (permissions.length === 0)
    throw new AppError('forbidden', 'the token of a job does not open this; use one of slipway token create');
  if (permissions.some((name) => held[name] === 'write')) return;
  const wanted = permissions.map((name) => `\`${name}: write\``).join(' or ');
  throw new AppError('forbidden', `this takes ${wanted} among the \`permissions\` of the job`);
}

/** Whether `actor` may deploy and lock the apps of `team`: its members, and admins. */
export const mayDeployFor = (actor: Actor, team: string): boolean =>
  hasRole(actor, 'admin') || (hasRole(actor, 'member') && actor.teams.includes(team));

/** Throws unless `actor` may deploy and lock the apps of `team`. */
export function assertMayDeploy(actor: Actor, app: string, team: string): void {
  if (mayDeployFor(actor, team)) return;
  throw new AppError(
    'forbidden',
    `${actor.name} may not deploy ${app}: it belongs to team ${team}. A member of that team or an admin can, or an admin adds you to it`,
    { team },
  );
}

export const presentWho = (actor: Actor): Who => ({ kind: actor.kind, name: actor.name });
