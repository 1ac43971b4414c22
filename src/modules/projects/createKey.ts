import type { Actor } from '../../platform/actor.ts';
import type { SecretBox } from '../../platform/crypto/index.ts';
import type { DirectoryLock } from '../teams/index.ts';
import { addKey } from './addKey.ts';
import { type KeyRow, retireActiveKeys, selectKeys } from './keyStore.ts';
import { assertMayChange, findProject } from './projects.ts';
import { recordProject } from './recordProject.ts';

/** Gives a project one more active key. */
export async function createKey(
  lock: DirectoryLock,
  box: SecretBox,
  now: Date,
  actor: Actor,
  reference: string,
  label: string,
): Promise<KeyRow> {
  const project = await findProject(lock.tx, reference);
  assertMayChange(actor, `create keys of project ${project.slug}`, project.team);
  const key = await addKey(lock, box, now, project.id, label);
  const details = { public_key: key.public_key, label };
  await recordProject(lock, now, actor, { action: 'create_key', event: 'key_created', project, details });
  return key;
}

/**
 * Makes a new active key, and retires those that were active: they are still accepted, so that nothing is lost
 * until everybody has the new one. The new one bears the label of the one that DSNs were made of.
 */
export async function rotateKey(
  lock: DirectoryLock,
  box: SecretBox,
  now: Date,
  actor: Actor,
  reference: string,
): Promise<KeyRow> {
  const project = await findProject(lock.tx, reference);
  assertMayChange(actor, `rotate the keys of project ${project.slug}`, project.team);
  const former = (await selectKeys(lock.tx, project.id)).find((key) => key.public_key === project.main_key);
  const retiring = await retireActiveKeys(lock, now, project.id);
  const key = await addKey(lock, box, now, project.id, former?.label ?? '');
  const details = { public_key: key.public_key, retiring };
  await recordProject(lock, now, actor, { action: 'rotate_key', event: 'key_rotated', project, details });
  return key;
}
