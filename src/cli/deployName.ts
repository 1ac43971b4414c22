import { AppError } from '../platform/errors.ts';

/** Where a deploy goes. */
export interface Target {
  readonly app: string;
  readonly environment: string;
}

/** A deploy as people name it; without a number the newest one there. */
export interface DeployName extends Target {
  readonly number: number | undefined;
}

const shapes = [
  /^(?<app>[^/#\s]+)\/(?<environment>[^/#\s]+)(?:[#/](?<number>\d{1,9}))?$/,
  // The page of a deploy, as it is copied from a browser.
  /^https?:\/\/[^\s]+\/apps\/(?<app>[^/\s]+)\/(?<environment>[^/\s]+)\/deploys\/(?<number>\d{1,9})\/?$/,
];

/** Parses `app/env#12`, `app/env/12`, `app/env` or the address of a deploy's page. */
export function parseDeployName(text: string): DeployName {
  for (const shape of shapes) {
    const { app, environment, number } = shape.exec(text)?.groups ?? {};
    if (app === undefined || environment === undefined) continue;
    return { app, environment, number: number === undefined ? undefined : Number(number) };
  }
  throw new AppError(
    'invalid_input',
    `"${text}" names no deploy; write harbor/staging#12, or harbor/staging for the newest one there`,
  );
}

/**
 * What was named by `APP`, `APP ENV` or `APP/ENV`, and the arguments after it: the name that everything prints
 * may be pasted where two words are asked for.
 */
export function splitTarget(
  app: string | undefined,
  ...rest: (string | undefined)[]
): { app: string | undefined; environment: string | undefined; rest: (string | undefined)[] } {
  const [first, second, ...more] = app?.split('/') ?? [];
  if (second === undefined || more.length > 0) {
    return { app, environment: rest[0], rest: rest.slice(1) };
  }
  const extra = rest.at(-1);
  if (rest.length > 1 && extra !== undefined) {
    throw new AppError('invalid_input', `${extra} is one word too many after ${app}`);
  }
  return { app: first, environment: second, rest };
}
