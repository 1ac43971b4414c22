import { api } from '../../contract/addresses.ts';
import type { Client } from '../../contract/client.ts';
import type { Repository } from '../../contract/repositories.ts';
import { AppError } from '../../platform/errors.ts';
import { type CheckoutHere, checkoutHere, isSameAddress } from './checkoutHere.ts';

/** The repository that is named, else the one whose checkout this is, else the only one there is. */
export async function requireRepository(client: Client, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const { items } = await client.call(api.listRepositories, {});
  const found = repositoryOf(items, await checkoutHere(process.cwd())) ?? onlyOf(items);
  if (found !== undefined) return found;
  const names = items.map(({ name }) => name).join(', ');
  throw new AppError(
    'invalid_input',
    items.length === 0
      ? 'no repository is declared yet. Write a slipway.yml, then: slipway apply slipway.yml'
      : `this is no checkout of a repository that Slipway knows; name one with --repository: ${names}`,
  );
}

const onlyOf = ([only, ...others]: readonly Repository[]): string | undefined =>
  others.length === 0 ? only?.name : undefined;

/** The repository that a checkout is of, by the addresses of its remotes. */
export function repositoryOf(
  repositories: readonly Pick<Repository, 'name' | 'url' | 'clone_url'>[],
  checkout: CheckoutHere | null,
): string | undefined {
  const is = (address: string) => checkout?.addresses.some((own) => isSameAddress(own, address)) ?? false;
  return repositories.find(({ url, clone_url }) => is(clone_url) || (url !== null && is(url)))?.name;
}
