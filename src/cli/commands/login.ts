import { hostname } from 'node:os';
import { Option } from 'commander';
import { csrfHeader, Session } from '../../contract/accounts.ts';
import { api } from '../../contract/addresses.ts';
import { type Client, createClient } from '../../contract/client.ts';
import { AppError } from '../../platform/errors.ts';
import { wholeNumber } from '../arguments.ts';
import { defineCommand, type Run } from '../command.ts';
import { isExposed, normaliseAddress } from '../connection/address.ts';
import {
  credentialsPath,
  forgetProfile,
  type Profile,
  readCredentials,
  saveProfile,
} from '../connection/credentials.ts';
import { plainClient } from '../connection/plainClient.ts';
import { askText, readSecret } from '../prompts.ts';

interface LoginOptions {
  readonly user?: string;
  readonly token?: boolean;
  readonly expires: number;
}

export const loginCommand = defineCommand<LoginOptions>({
  name: 'login <address>',
  summary: 'sign in to a Slipway elsewhere, and use it from now on',
  details:
    'Signs in with user name and password, makes an API token, and keeps that in a file that only you can read. The password is asked for, or read from standard input.',
  options: [
    new Option('--user <user>', 'user name or e-mail'),
    new Option('--token', 'paste an API token instead, or send it on standard input'),
    new Option('--expires <days>', 'how long the token lives').argParser(wholeNumber).default(90),
  ],
  examples: [
    ['slipway login https://ship.example.com', 'asks for user name and password'],
    ['slipway login https://ship.example.com --token < token.txt', 'with a token'],
  ],
  async run(run, address = '') {
    const url = normaliseAddress(run.options.url ?? address);
    if (isExposed(url))
      run.out.note(
        run.out.paint('yellow', `${url} is not encrypted: what you send there can be read on the way`),
      );
    const profile = run.options.token ? await pastedToken(run, url) : await tokenBySigningIn(run, url);
    const me = await clientWith(url, { authorization: `Bearer ${profile.token}` }).call(api.me, {});
    const path = credentialsPath(run.env);
    await saveProfile(path, profile);
    run.out.show({ ...me, url }, () => {
      run.out.line(`signed in to ${url} as ${me.name} (${me.role})`);
      run.out.note(
        run.out.paint('dim', `Kept in ${path}. From now on slipway talks to it; slipway logout ends that.`),
      );
    });
    return undefined;
  },
});

export const logoutCommand = defineCommand({
  name: 'logout [address]',
  summary: 'forget a Slipway, and revoke the token that login made',
  examples: [['slipway logout', 'the one that is used now']],
  async run(run, address) {
    const { out } = run;
    const path = credentialsPath(run.env);
    const { current, profiles } = await readCredentials(path);
    const named = address ?? run.options.url;
    const url = named === undefined ? current : normaliseAddress(named);
    const profile = profiles.find((known) => known.url === url);
    if (profile === undefined)
      throw new AppError(
        'not_found',
        url === null ? 'you are not signed in anywhere' : `you are not signed in to ${url}`,
      );
    await forgetProfile(path, profile.url);
    const revoked = await revoke(profile);
    out.show({ url: profile.url, revoked }, () => {
      out.line(`signed out of ${profile.url}`);
      if (profile.token_id === null) out.note(out.paint('dim', 'The token that was pasted still works.'));
      else if (!revoked)
        out.note(out.paint('yellow', 'Its token could not be revoked there; it expires by itself.'));
    });
    return undefined;
  },
});

function clientWith(url: string, headers: Record<string, string>): Client {
  return plainClient(createClient({ baseUrl: url, headers: { 'user-agent': 'slipway-cli', ...headers } }));
}

async function pastedToken(run: Run, url: string): Promise<Profile> {
  const token = (await readSecret(run, 'API token')).trim();
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new AppError('invalid_input', 'a token is one word, such as slp_…');
  return { url, token, token_id: null };
}

/** A session just long enough to make the token that is kept. */
async function tokenBySigningIn(run: Run<LoginOptions>, url: string): Promise<Profile> {
  const username = run.options.user ?? (await askText(run, `User name at ${url}`));
  const password = await readSecret(run, `Password of ${username}`);
  const response = await clientWith(url, {}).fetchRaw(api.signIn, { body: { username, password } });
  const session = Session.parse(await response.json());
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const client = clientWith(url, { cookie, [csrfHeader]: session.csrf_token });
  try {
    const name = `slipway login on ${hostname()} ${run.now().toISOString()}`.slice(0, 100);
    const body = { name, scopes: ['read', 'deploy', 'admin'] as const, expires_in_days: run.options.expires };
    const { token, id } = await client.call(api.createToken, { body: { ...body, scopes: [...body.scopes] } });
    return { url, token, token_id: id };
  } finally {
    await client.call(api.signOut, {});
  }
}

/** Revokes the token that login made. A pasted one belongs to somebody else's plan, and stays. */
async function revoke(profile: Profile): Promise<boolean> {
  if (profile.token_id === null) return false;
  const client = clientWith(profile.url, { authorization: `Bearer ${profile.token}` });
  return client.call(api.revokeToken, { params: { id: profile.token_id } }).then(
    () => true,
    () => false,
  );
}
