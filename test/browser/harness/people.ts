import type { Page } from 'playwright-core';
import type { Role } from '../../../src/contract/endpoint.ts';
import { api } from '../../../src/contract/index.ts';
import type { TestApi } from '../../harness/api.ts';

/** What making users takes: a client that may. */
export type Employer = Pick<TestApi, 'machine'>;

export const password = 'correct horse battery';

/** Makes a user of this role who can sign in; named after it, unless told. */
export async function hire(
  test: Employer,
  role: Role,
  { username = role, teams = [] }: { username?: string; teams?: string[] } = {},
): Promise<string> {
  await test.machine.call(api.createUser, {
    body: { username, name: capital(username), role, password, teams },
  });
  return username;
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Signs a page in without the sign-in screen: for journeys that begin behind it. Makes the user the first time. */
export async function signIn(page: Page, test: Employer, role: Role, teams: string[] = []): Promise<void> {
  const username = [role, ...teams].join('.');
  const { items } = await test.machine.call(api.listUsers, {});
  if (!items.some((user) => user.username === username)) await hire(test, role, { username, teams });
  const answer = await page.context().request.post('api/v1/session', { data: { username, password } });
  if (answer.status() !== 201) throw new Error(`signing in failed: ${await answer.text()}`);
  await page.addInitScript(() => localStorage.setItem('slipway.signed-in', 'yes'));
}
