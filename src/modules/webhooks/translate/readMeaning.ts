import type { Provider } from '../sender.ts';
import { readGitea } from './gitea.ts';
import { readGithub } from './github.ts';
import { readGitlab } from './gitlab.ts';
import type { Meaning } from './meaning.ts';

/** What a payload means. Pure. Throws `invalid_input` when it lacks what its kind must have. */
export const readMeaning = (
  provider: Provider,
  event: string,
  payload: Readonly<Record<string, unknown>>,
): Meaning => readers[provider](event, payload);

const readers: Record<Provider, (event: string, payload: Readonly<Record<string, unknown>>) => Meaning> = {
  github: readGithub,
  gitlab: readGitlab,
  gitea: readGitea,
};
