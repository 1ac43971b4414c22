import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError, systemCode } from '../../platform/errors.ts';

/** A server that somebody signed in to. `token_id` is null for a token that was pasted. */
export interface Profile {
  url: string;
  token: string;
  token_id: number | null;
}
export interface Credentials {
  current: string | null;
  profiles: Profile[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where `slipway login` keeps what it got. */
export const credentialsPath = (env: Environment): string =>
  join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'slipway', 'credentials.json');

/** The saved profiles; none when there is no file. */
export async function readCredentials(path: string): Promise<Credentials> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { current: null, profiles: [] };
    throw error;
  }
  const credentials = parseJson(text);
  if (isCredentials(credentials)) return credentials;
  throw new AppError('invalid_input', `${path} is damaged. Remove it, and sign in again: slipway login URL`);
}

/** Saves a profile and makes it the one that is used. */
export async function saveProfile(path: string, profile: Profile): Promise<void> {
  const { profiles } = await readCredentials(path);
  const others = profiles.filter((known) => known.url !== profile.url);
  await writeCredentials(path, { current: profile.url, profiles: [...others, profile] });
}

/** Forgets a profile. What is used then is this machine again. */
export async function forgetProfile(path: string, url: string): Promise<void> {
  const { current, profiles } = await readCredentials(path);
  const others = profiles.filter((known) => known.url !== url);
  if (others.length === 0) await rm(path, { force: true });
  else await writeCredentials(path, { current: current === url ? null : current, profiles: others });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** By hand: loading schemas takes longer than most commands run. */
function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null) return false;
  const { current, profiles } = value as Partial<Record<keyof Credentials, unknown>>;
  return (
    (current === null || typeof current === 'string') && Array.isArray(profiles) && profiles.every(isProfile)
  );
}

function isProfile(value: unknown): value is Profile {
  if (typeof value !== 'object' || value === null) return false;
  const { url, token, token_id } = value as Partial<Record<keyof Profile, unknown>>;
  return (
    [url, token].every((text) => typeof text === 'string') &&
    (token_id === null || typeof token_id === 'number')
  );
}

/** Only its owner may ever read the file, and it is never half written. */
async function writeCredentials(path: string, credentials: Credentials): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(credentials, undefined, 2)}\n`, { mode: 0o600 });
  await chmod(unfinished, 0o600);
  await rename(unfinished, path);
}
