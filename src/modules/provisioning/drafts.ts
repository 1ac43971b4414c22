import type { PlanAction, PlanChange, PlanItem } from '../../contract/provisioning.ts';
import type { KeyFacts, ProjectFacts, TeamFacts } from './facts.ts';

/** A team as it will be. */
export interface TeamDraft {
  readonly stored: TeamFacts | null;
  name: string;
  slug: string;
}

/** A key as it will be. */
export interface KeyDraft {
  readonly stored: KeyFacts | null;
  publicKey: string;
  /** A secret to store; undefined leaves what is stored. */
  secret: string | undefined;
  state: KeyFacts['state'];
}

/** A project as it will be. */
export interface ProjectDraft {
  readonly stored: ProjectFacts | null;
  publicId: bigint;
  name: string;
  slug: string;
  team: TeamDraft;
  platform: string | null;
  readonly keys: KeyDraft[];
}

/** One line of a plan. */
export function planItem(
  action: PlanAction,
  item: Pick<PlanItem, 'kind' | 'name'> & Partial<PlanItem>,
): PlanItem {
  return { action, team: null, line: null, changes: [], reason: null, ...item };
}

/** A change of a value that may be shown; none when nothing differs. */
export function changeOf(field: string, from: string | null, to: string | null): PlanChange[] {
  return from === to ? [] : [{ field, from, to }];
}

/** A change of a value that is never shown. */
export const secretChange = (field: string): PlanChange => ({ field, from: null, to: null });
