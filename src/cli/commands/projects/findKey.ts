import type { KeyState, ProjectKey } from '../../../contract/projects.ts';
import { AppError } from '../../../platform/errors.ts';

/** Keys as people recognise them. */
export const shortKey = (publicKey: string): string => publicKey.slice(0, 8);

/**
 * The key that a text names: a public key, or the beginning of one alone. Without a text it is the only key in one
 * of these states.
 */
export function findKey(
  project: string,
  keys: readonly ProjectKey[],
  text: string | undefined,
  states: readonly KeyState[],
): ProjectKey {
  const [key, ...others] =
    text === undefined ? keys.filter(({ state }) => states.includes(state)) : keysNamed(keys, text);
  if (key !== undefined && others.length === 0) return key;
  const wanted = text === undefined ? states.join(' or ') : `"${text}"`;
  if (key === undefined) {
    const which = text === undefined ? `no key that is ${wanted}` : `no key ${wanted}`;
    throw new AppError(
      'not_found',
      `project ${project} has ${which}; slipway projects keys ${project} lists them`,
    );
  }
  const names = [key, ...others].map(({ public_key }) => public_key).join(', ');
  throw new AppError(
    'invalid_input',
    text === undefined
      ? `project ${project} has several keys that are ${wanted}; name one: ${names}`
      : `${wanted} begins several keys of project ${project}; say more of it: ${names}`,
  );
}

function keysNamed(keys: readonly ProjectKey[], text: string): ProjectKey[] {
  const exact = keys.filter(({ public_key }) => public_key === text);
  return exact.length > 0 ? exact : keys.filter(({ public_key }) => public_key.startsWith(text));
}
