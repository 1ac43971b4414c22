import { InvalidArgumentError, Option } from 'commander';
import { api } from '../contract/addresses.ts';
import type { Client } from '../contract/client.ts';
import { AppError } from '../platform/errors.ts';
import { parseDeployName, splitTarget, type Target } from './deployName.ts';

/** A deploy that exists: what its endpoints take as `params`. */
export interface DeployParams extends Target {
  readonly number: number;
}

export const nameOf = ({ app, environment, number }: DeployParams): string =>
  `${app}/${environment}#${number}`;

/** The deploy that a text names; `app/env` is the newest one there. */
export async function findDeploy(client: Client, text: string): Promise<DeployParams> {
  const { app, environment, number } = parseDeployName(text);
  if (number !== undefined) return { app, environment, number };
  // Names that do not exist are told apart from an environment without deploys.
  await requireTarget(client, app, environment);
  const { items } = await client.call(api.listDeploys, { query: { app, environment, limit: 1 } });
  const [newest] = items;
  if (newest === undefined) {
    throw new AppError(
      'not_found',
      `nothing was deployed to ${app}/${environment} yet; ship something: slipway deploy ${app} ${environment}`,
    );
  }
  return { app, environment, number: newest.number };
}

/** An app and one of its environments, named by two words or as `app/env`; `rest` is what comes after them. */
export async function requireTarget(
  client: Client,
  ...words: [string, ...(string | undefined)[]]
): Promise<Target & { repository: string; ref: string | null; rest: (string | undefined)[] }> {
  const [first, ...more] = words;
  const { app = first, environment, rest } = splitTarget(first, ...more);
  const found = await client.call(api.showApp, { params: { app } });
  const known = found.environments.find((candidate) => candidate.name === environment);
  if (known !== undefined)
    return { app, environment: known.name, repository: found.repository, ref: known.ref, rest };
  const names = found.environments.map((candidate) => candidate.name).join(', ');
  throw environment === undefined
    ? new AppError('invalid_input', `name the environment of ${app} too: ${names}`)
    : new AppError('not_found', `${app} has no environment "${environment}"; there is ${names}`);
}

interface Page {
  items: unknown[];
  next_cursor: string | null;
}

/** The first page of a list with at most `limit` items of it and the following ones, and what comes after them. */
export async function collectPages<P extends Page>(
  limit: number,
  fetchPage: (page: { limit: number; cursor?: string }) => Promise<P>,
): Promise<P> {
  const sizeAfter = (count: number) => Math.min(200, limit - count);
  const first = await fetchPage({ limit: sizeAfter(0) });
  const items = [...first.items];
  let cursor = first.next_cursor;
  while (cursor !== null && items.length < limit) {
    const page = await fetchPage({ limit: sizeAfter(items.length), cursor });
    items.push(...page.items);
    cursor = page.next_cursor;
  }
  return { ...first, items, next_cursor: cursor };
}

/** A whole number of at least 1, for commander. */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It takes a whole number from 1.');
}

/** `--limit N`, and `--all` instead of it. */
export const limitOptions = (usual: number): Option[] => [
  new Option('-n, --limit <count>', 'at most this many').argParser(wholeNumber).default(usual),
  new Option('--all', 'without a limit'),
];

export interface LimitOptions {
  readonly limit: number;
  readonly all?: boolean;
}

export const limitOf = ({ limit, all }: LimitOptions): number => (all ? Number.MAX_SAFE_INTEGER : limit);
