import type { SecretBox } from '../../platform/crypto/index.ts';
import type { DirectoryLock } from '../teams/index.ts';
import { newKeyPair, sealKeySecret } from './keySecrets.ts';
import { insertKey, type KeyRow } from './keyStore.ts';

/** Makes an active key. Whoever calls it has decided, and records it. */
export function addKey(
  lock: DirectoryLock,
  box: SecretBox,
  now: Date,
  projectId: number,
  label: string,
): Promise<KeyRow> {
  const { publicKey, secret } = newKeyPair();
  const sealedSecret = sealKeySecret(box, publicKey, secret);
  return insertKey(lock, now, { projectId, label, publicKey, sealedSecret });
}
