import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError, systemCode } from '../../platform/errors.ts';

const profileSchema = z.object({ url: z.string(), token: z.string(), token_id: z.number().nullable() });
const credentialsSchema = z.object({ current: z.string().nullable(), profiles: z.array(profileSchema) });

/** A server that somebody signed in to. `token_id` is null for a token that was pasted. */
export type Profile = z.infer<typeof profileSchema>;
export type Credentials = z.infer<typeof credentialsSchema>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Where `slipway login` keeps what it got. */
export const credentialsPath = (env: Environment): string =>
  join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'slipway', 'credentials.json');

/** The saved profiles; none when there is no file. */
export async function readCredentials(path: string): Promise<Credentials> {
  try {
    return credentialsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { current: null, profiles: [] };
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      throw new AppError(
        'invalid_input',
        `${path} is damaged. Remove it, and sign in again: slipway login URL`,
      );
    }
    throw error;
  }
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

/** Only its owner may ever read the file, and it is never half written. */
async function writeCredentials(path: string, credentials: Credentials): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(credentials, undefined, 2)}\n`, { mode: 0o600 });
  await chmod(unfinished, 0o600);
  await rename(unfinished, path);
}
