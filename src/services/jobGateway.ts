import type { JobGateway } from '../contract/jobs.ts';
import { createJobGateway } from '../modules/runs/index.ts';
import { secretsForJob, variablesForJob } from '../modules/variables/index.ts';
import type { Core } from './core.ts';

/** The door of runners of jobs, in this process. */
export const jobGatewayOf = ({ db, now, paths, feed, settings, secrets }: Core): JobGateway =>
  createJobGateway({
    db,
    now,
    paths,
    feed,
    publicUrl: settings.urlPrefix,
    values: {
      secrets: (repositoryId, environment) =>
        secretsForJob(secrets, { repositoryId, environment, trusted: true }),
      variables: (repositoryId, environment) => variablesForJob(db, { repositoryId, environment }),
    },
  });
