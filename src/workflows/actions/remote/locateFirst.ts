import { realpath } from 'node:fs/promises';
import { AppError } from '../../../platform/errors.ts';
import type { RemoteName } from '../usesName.ts';
import { layOut } from './layOut.ts';
import { type ActionPlace, type Located, type NotThere, notThere } from './place.ts';

/**
 * Lays out a repository of actions from the first of these places that has it, and answers its real path. Throws
 * `not_found`, which names every place that was looked at.
 */
export async function layOutFirst(
  places: readonly ActionPlace[],
  name: RemoteName,
  directory: string,
): Promise<string> {
  const located = await locateFirst(places, name);
  if (located.kind === 'not-there') throw missing(name, located.looked);
  await layOut(located, name, directory);
  return realpath(directory);
}

/** Asks places one after the other. */
export async function locateFirst(
  places: readonly ActionPlace[],
  name: RemoteName,
): Promise<Located | NotThere> {
  const looked: string[] = [];
  for (const place of places) {
    const located = await place.locate(name);
    if (located.kind !== 'not-there') return located;
    looked.push(...located.looked);
  }
  return notThere(...looked);
}

function missing({ uses, owner, repository, ref }: RemoteName, looked: readonly string[]): AppError {
  const todo = `Say where it is with --actions, or in SLIPWAY_ACTIONS of who runs it: a directory with ${owner}/${repository}/${ref} or a clone at ${owner}/${repository} in it, or a server such as https://github.com`;
  const lines =
    looked.length === 0
      ? [`${uses} is an action of another repository, and no place to take those from is set. ${todo}`]
      : [
          `${uses} is in none of the places that actions are taken from:`,
          ...looked.map((line) => `  ${line}`),
          todo,
        ];
  return new AppError('not_found', lines.join('\n'), { uses });
}
