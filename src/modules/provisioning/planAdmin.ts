import type { PlanChange, PlanItem } from '../../contract/provisioning.ts';
import type { AdminFixture } from '../configuration/index.ts';
import { changeOf, planItem, secretChange } from './drafts.ts';
import type { AdminFacts } from './facts.ts';

export interface AdminPlan {
  readonly items: readonly PlanItem[];
  readonly warnings: readonly string[];
}

/**
 * The user with the file's e-mail can sign in with its password and owns the organization. The user name counts
 * only when they are new.
 */
export function planAdmin(admin: AdminFixture, stored: AdminFacts | null): AdminPlan {
  const item = { kind: 'admin' as const, name: stored?.username ?? admin.username, line: admin.at.line };
  if (stored === null) {
    const changes = [...changeOf('email', null, admin.email), ...changeOf('role', null, 'owner')];
    return { items: [planItem('create', { ...item, changes })], warnings: [] };
  }
  const changes: PlanChange[] = [
    ...(stored.passwordMatches ? [] : [secretChange('password')]),
    ...changeOf('role', stored.role, 'owner'),
    ...(stored.disabled ? changeOf('disabled', 'yes', 'no') : []),
  ];
  const warning = `the user with the e-mail ${admin.email} is called ${stored.username}, not ${admin.username}; the name stays`;
  return {
    items: changes.length === 0 ? [] : [planItem('change', { ...item, changes })],
    warnings: stored.username === admin.username ? [] : [warning],
  };
}
