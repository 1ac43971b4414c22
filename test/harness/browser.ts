/** A signed-in browser: its cookie, its CSRF token, and requests that carry both. */
export interface Browser {
  readonly cookie: string;
  readonly csrf: string;
  /** Sends as a page of Slipway would; `headers` win, and an empty one is left out. */
  send(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Response>;
}

export interface Credentials {
  username: string;
  password: string;
}

/** Posts a sign-in, as from the address `ip`. */
export function postSignIn(
  address: string,
  credentials: Credentials,
  { ip = '198.51.100.7', headers = {} }: { ip?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': ip, ...headers },
    body: JSON.stringify(credentials),
  });
}

/** Signs in and keeps the session. */
export async function openBrowser(address: string, credentials: Credentials): Promise<Browser> {
  const response = await postSignIn(address, credentials);
  if (response.status !== 201) throw new Error(`signing in failed: ${await response.text()}`);
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { csrf_token: csrf } = (await response.json()) as { csrf_token: string };
  return {
    cookie,
    csrf,
    send: (method, path, { body, headers } = {}) => {
      const all = { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json', ...headers };
      const sent = Object.entries(all).filter(
        ([name, value]) => value !== '' && (name !== 'content-type' || body !== undefined),
      );
      return fetch(`${address}/api/v1${path}`, {
        method,
        headers: Object.fromEntries(sent),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
  };
}
