import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import { type Deploy, isFinal, type Releases } from '../../../contract/deploys.ts';

/** What can be done about a deploy, as it and its environment stand. */
export interface Offers {
  readonly cancel: boolean;
  readonly start: boolean;
  readonly redeploy: boolean;
  /** To go back from what is live or was tried; to go back to this very release; or neither. */
  readonly rollback: 'from' | 'to' | undefined;
  /** Something else is live by now: shipping this again replaces it. */
  readonly replaces: Deploy | undefined;
}

export const noOffers: Offers = {
  cancel: false,
  start: false,
  redeploy: false,
  rollback: undefined,
  replaces: undefined,
};

/** Nothing is offered to who may not deploy the app, or where the environment is gone. */
export function offersOf(deploy: Deploy, app: App | undefined, releases: Releases | undefined): Offers {
  const environment = app?.environments.find(({ name }) => name === deploy.environment);
  const mayCancel = app?.may_deploy === true;
  if (!mayCancel) return noOffers;
  const ended = isFinal(deploy.state);
  return {
    cancel: !ended && deploy.state !== 'cancelling',
    start: deploy.held !== null,
    redeploy: ended && environment !== undefined,
    rollback: environment === undefined ? undefined : rollbackOf(deploy, environment, releases),
    replaces: replacedBy(deploy, environment),
  };
}

function rollbackOf(
  deploy: Deploy,
  { live, in_doubt, last }: EnvironmentStatus,
  releases: Releases | undefined,
): Offers['rollback'] {
  if (live === null) return undefined;
  const tried = deploy.started_at !== null;
  if (deploy.live) return 'from';
  if (!isFinal(deploy.state)) return tried ? 'from' : undefined;
  if (tried && in_doubt && last?.number === deploy.number) return 'from';
  // What was rolled back from is no release that one could go back to.
  const isGood = releases?.items.some(({ sha }) => sha === deploy.sha) === true;
  return deploy.state === 'succeeded' && deploy.sha !== live.sha && isGood ? 'to' : undefined;
}

function replacedBy(deploy: Deploy, environment: EnvironmentStatus | undefined): Deploy | undefined {
  const live = environment?.live ?? undefined;
  if (live === undefined || live.sha === deploy.sha) return undefined;
  // One that came after what is live is only tried again.
  return live.number > deploy.number ? live : undefined;
}
