import type { User } from '../../../../contract/accounts.ts';
import { roles } from '../../../../contract/endpoint.ts';

/** Why somebody may not change a user, or undefined: nobody touches a role above their own. */
export function mayChangeUser(me: Pick<User, 'role'>, user: Pick<User, 'role'>): string | undefined {
  if (roles.indexOf(me.role) >= roles.indexOf(user.role)) return undefined;
  return `only an ${user.role} may`;
}
