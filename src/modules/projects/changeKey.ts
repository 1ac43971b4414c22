import type { KeyState } from '../../contract/projects.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import type { DirectoryLock } from '../teams/index.ts';
import { type KeyRow, selectKeys, updateKeyRow } from './keyStore.ts';
import { assertMayChange, findProject } from './projects.ts';
import { recordProject } from './recordProject.ts';
import type { ProjectRow } from './store.ts';

export interface KeyChanges {
  state?: KeyState | undefined;
  label?: string | undefined;
  /** The slug of the project, when its last accepted key is revoked. */
  confirm?: string | undefined;
}

/** Labels, retires, activates or revokes a key. Revoked is for good; what it is already changes nothing. */
export async function changeKey(
  lock: DirectoryLock,
  now: Date,
  actor: Actor,
  reference: string,
  publicKey: string,
  changes: KeyChanges,
): Promise<{ project: ProjectRow; key: KeyRow }> {
  if (changes.state === undefined && changes.label === undefined)
    throw new AppError('invalid_input', 'body: say what to change: state or label');
  const project = await findProject(lock.tx, reference);
  assertMayChange(actor, `change keys of project ${project.slug}`, project.team);
  const keys = await selectKeys(lock.tx, project.id);
  const key = keys.find((candidate) => candidate.public_key === publicKey);
  if (key === undefined) throw noKey(project, publicKey);
  const changed = { ...key, state: changes.state ?? key.state, label: changes.label ?? key.label };
  if (changed.state === key.state && changed.label === key.label) return { project, key };
  if (changed.state !== key.state) assertMayBecome(project, keys, key, changed.state, changes.confirm);
  const updated = await updateKeyRow(lock, now, changed);
  await record(lock, now, actor, project, key, updated);
  return { project, key: updated };
}

const noKey = ({ slug }: ProjectRow, publicKey: string) =>
  new AppError(
    'not_found',
    `project ${slug} has no key ${publicKey}; slipway projects keys ${slug} lists them`,
  );

function assertMayBecome(
  { slug }: ProjectRow,
  keys: readonly KeyRow[],
  key: KeyRow,
  state: KeyState,
  confirm: string | undefined,
): void {
  if (key.state === 'revoked') {
    throw new AppError(
      'invalid_transition',
      `key ${key.public_key} of project ${slug} was revoked, and stays so; make a new one: slipway projects rotate ${slug}`,
    );
  }
  const isLast = keys.every((other) => other.id === key.id || other.state === 'revoked');
  if (state === 'revoked' && isLast && confirm !== slug) {
    throw new AppError(
      'conflict',
      `key ${key.public_key} is the last one that project ${slug} accepts: without it nothing sent to it is accepted. Rotate first (slipway projects rotate ${slug}), or confirm with its slug: ?confirm=${slug}`,
    );
  }
}

const actions = {
  active: ['activate_key', 'key_activated'],
  retiring: ['retire_key', 'key_retired'],
  revoked: ['revoke_key', 'key_revoked'],
} as const satisfies Record<KeyState, readonly [action: string, event: string]>;

async function record(
  lock: DirectoryLock,
  now: Date,
  actor: Actor,
  project: ProjectRow,
  before: KeyRow,
  after: KeyRow,
): Promise<void> {
  const [action, event] =
    before.state === after.state ? (['label_key', 'key_labelled'] as const) : actions[after.state];
  const details = { public_key: after.public_key, label: after.label };
  await recordProject(lock, now, actor, { action, event, project, details });
}
