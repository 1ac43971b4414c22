import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GitCredential } from '../../../platform/git/index.ts';
import { isServerUrl, repositoryUrl } from '../remote/gitServer.ts';
import type { Origin } from './checkOutReally.ts';
import { type CheckoutInputs, refused } from './checkoutInputs.ts';
import type { CheckoutSettings } from './checkoutSettings.ts';

/**
 * Where a repository is that is not the one that is run: a clone in a directory of mirrors, else at a server that was
 * named. Throws `invalid_input` when there is neither: a run does not go to the network unasked.
 */
export async function findOther(
  inputs: CheckoutInputs,
  { places }: CheckoutSettings,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Origin> {
  const { repository, serverUrl } = inputs;
  const [owner = '', name = ''] = repository.split('/');
  const url = `${serverUrl || env.GITHUB_SERVER_URL || 'https://github.com'}/${repository}`;
  for (const place of serverUrl === '' ? places : [serverUrl]) {
    if (isServerUrl(place))
      return {
        url: repositoryUrl(place, owner, name),
        insteadOf: null,
        credential: credentialOf(inputs),
        later: null,
      };
    const clone = cloneIn(resolve(place), owner, name);
    if (clone !== null) return { url, insteadOf: clone, credential: undefined, later: null };
  }
  throw refused(
    `repository: ${repository} is another repository than the one that is run, and a run goes to no network unasked; say where it is with --actions: a directory with a clone at ${repository} in it, or a server such as https://github.com`,
  );
}

function cloneIn(root: string, owner: string, name: string): string | null {
  const candidates = [
    join(root, owner, name, '.git'),
    join(root, owner, `${name}.git`),
    join(root, owner, name),
  ];
  return (
    candidates.find((path) => existsSync(join(path, 'HEAD')) && existsSync(join(path, 'objects'))) ?? null
  );
}

function credentialOf({ token, sshKey }: CheckoutInputs): GitCredential | undefined {
  if (sshKey !== '') return { kind: 'sshKey', privateKey: sshKey };
  return token === '' ? undefined : { kind: 'token', token };
}
