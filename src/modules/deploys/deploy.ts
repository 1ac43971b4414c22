import { activeStates, type DeployState, deployStates, finalStates } from '../../contract/deploys.ts';
import { AppError } from '../../platform/errors.ts';

/** Which state may follow which. Nothing leaves a final state. */
const successors: Record<DeployState, readonly DeployState[]> = {
  queued: ['running', 'cancelled', 'superseded'],
  running: ['verifying', 'cancelling', 'failed'],
  verifying: ['succeeded', 'cancelling', 'failed'],
  // succeeded: the cancel came when all was done already.
  cancelling: ['cancelled', 'failed', 'succeeded'],
  succeeded: [],
  failed: [],
  cancelled: [],
  superseded: [],
};

/** The states from which `to` can be reached. */
export const predecessorsOf = (to: DeployState): DeployState[] =>
  deployStates.filter((from) => successors[from].includes(to));

/** `app/environment#number`, the name people use. */
export const deployName = (app: string, environment: string, number: number): string =>
  `${app}/${environment}#${number}`;

/** The first characters of a sha, enough to tell commits apart. */
export const shortSha = (sha: string): string => sha.slice(0, 8);

export interface Release {
  readonly deployId: number;
  readonly number: number;
  readonly sha: string;
}

/**
 * The good releases of an environment, oldest first; the last one is live. Given its successful deploys in
 * order: shipping a commit adds it, going back to one takes away all that came after it. What was rolled
 * back from is therefore never good, also right after the rollback.
 */
export function goodReleases(succeeded: readonly Release[]): Release[] {
  const good: Release[] = [];
  for (const release of succeeded) {
    const known = good.findIndex((earlier) => earlier.sha === release.sha);
    if (known >= 0) good.splice(known);
    good.push(release);
  }
  return good;
}

/** The newest deploy that was started in an environment: what stands there may come from it. */
export interface Attempt {
  readonly sha: string;
  readonly succeeded: boolean;
}

/** After an attempt that did not succeed nobody knows what runs there: to ship the live commit again is a repair. */
export const leavesDoubt = (attempt: Attempt | undefined): boolean => attempt?.succeeded === false;

/**
 * What `:previous` means, and a rollback brings back: the last good release other than what was shipped last.
 * After an attempt that did not succeed (or not yet) that is the release it should have replaced; after an
 * unfinished way back it stays the release that one leads to. Undefined when there is none.
 */
export function previousRelease(good: readonly Release[], attempt: Attempt | undefined): Release | undefined {
  if (attempt === undefined || attempt.succeeded) return good.at(-2);
  return good.find((release) => release.sha === attempt.sha) ?? good.at(-1);
}

/** The states that a filter such as `active` or `failed,cancelled` means. */
export function parseStates(text: string): DeployState[] {
  const groups = new Map<string, readonly DeployState[]>([
    ['active', activeStates],
    ['done', finalStates],
  ]);
  return text.split(',').flatMap((word) => {
    const group = groups.get(word);
    if (group !== undefined) return group;
    const state = deployStates.find((known) => known === word);
    if (state === undefined) {
      throw new AppError(
        'invalid_input',
        `query.state: "${word}" is no state; use ${deployStates.join(', ')}, active or done`,
      );
    }
    return state;
  });
}
