import { csrfHeader } from '../../contract/accounts.ts';
import { type Client, createClient } from '../../contract/client.ts';
import { origin } from './base.ts';

let csrfToken = '';

/** Keeps the token that requests which change something must carry. */
export function keepCsrfToken(token: string): void {
  csrfToken = token;
}

/** The API, as the browser's session. */
export const client: Client = createClient({ baseUrl: origin, fetch: sendAsSession });

async function sendAsSession(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  if (init.method === 'GET') return fetch(input, init);
  const response = await fetch(input, withCsrfToken(init));
  if (response.status !== 403 || !(await renewCsrfToken())) return response;
  return fetch(input, withCsrfToken(init));
}

const withCsrfToken = (init: RequestInit): RequestInit => ({
  ...init,
  headers: { ...(init.headers as Record<string, string>), [csrfHeader]: csrfToken },
});

/** Another tab may have signed in anew, and the token changed. Answers whether it did. */
async function renewCsrfToken(): Promise<boolean> {
  const response = await fetch(`${origin}/api/v1/session`);
  if (!response.ok) return false;
  const session: { csrf_token?: unknown } = await response.json();
  if (typeof session.csrf_token !== 'string' || session.csrf_token === csrfToken) return false;
  csrfToken = session.csrf_token;
  return true;
}
