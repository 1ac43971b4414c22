import { configValue } from '../../../platform/git/index.ts';
import type { CheckoutInputs } from './checkoutInputs.ts';
import type { RepositoryServer } from './checkoutSettings.ts';

/** How steps after the checkout reach the repository that is run. */
export interface LaterAccess {
  readonly url: string;
  /** Kept in the clone, as GitHub's action does. Null: nothing lets them in. */
  readonly token: string | null;
}

/** The job's own token is for Slipway alone; one that the step names is for the server of the repository, whatever that is. */
export function laterAccess(
  { token, jobToken, persistCredentials }: CheckoutInputs,
  { url, takesJobToken }: RepositoryServer,
): LaterAccess {
  const named = token === jobToken ? '' : token;
  const given = named || (takesJobToken ? jobToken : '');
  return { url, token: persistCredentials && given !== '' ? given : null };
}

/**
 * Lines of a clone's configuration. What is pushed reaches the server or fails: nothing may vanish with the run. With a
 * token later fetches do, too; without one they find what is on this machine.
 */
export function laterConfig(
  { url, token }: LaterAccess,
  insteadOf: string | null,
  address: string,
): readonly string[] {
  if (token === null)
    return [...rewrite(insteadOf, 'insteadOf', address), ...rewrite(url, 'pushInsteadOf', address)];
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return [
    ...rewrite(url, 'insteadOf', address),
    `[http ${configValue(`${new URL(url).origin}/`)}]`,
    `\textraheader = ${configValue(`AUTHORIZATION: basic ${basic}`)}`,
  ];
}

/** Git speaks to one address where another is written. */
export function rewrite(
  to: string | null,
  how: 'insteadOf' | 'pushInsteadOf',
  address: string,
): readonly string[] {
  return to === null ? [] : [`[url ${configValue(to)}]`, `\t${how} = ${configValue(address)}`];
}
