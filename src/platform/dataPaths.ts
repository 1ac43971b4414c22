import { join } from 'node:path';

/** Where everything lies inside the data directory. */
export interface DataPaths {
  readonly root: string;
  readonly postgres: string;
  /** 0600: who can read it may act as this machine's operator. */
  readonly machineToken: string;
  /** 0600: the key of the secrets at rest, unless SLIPWAY_SECRET_KEY gives it. */
  readonly secretKey: string;
  readonly knownHosts: string;
  readonly workspaces: string;
  /** Where jobs of workflows run. */
  readonly jobPlaces: string;
  readonly sample: string;
  mirror(repositoryId: number): string;
  deployLog(deployId: number): string;
  jobLog(jobId: number): string;
  /** What jobs of a run have put up for others. */
  artifacts(runId: number): string;
  /** What jobs of a repository keep for later runs. */
  caches(repositoryId: number): string;
  /** Actions of other repositories, as they were fetched. */
  readonly actions: string;
}

export function dataPaths(root: string): DataPaths {
  return {
    root,
    postgres: join(root, 'postgres'),
    machineToken: join(root, 'machine-token'),
    secretKey: join(root, 'secret-key'),
    knownHosts: join(root, 'known-hosts'),
    workspaces: join(root, 'workspaces'),
    jobPlaces: join(root, 'jobs'),
    sample: join(root, 'sample'),
    mirror: (repositoryId) => join(root, 'mirrors', `${repositoryId}.git`),
    // At most a thousand logs a folder.
    deployLog: (deployId) => join(root, 'logs', String(Math.floor(deployId / 1000)), `${deployId}.log`),
    jobLog: (jobId) => join(root, 'logs', 'jobs', String(Math.floor(jobId / 1000)), `${jobId}.log`),
    artifacts: (runId) => join(root, 'artifacts', String(Math.floor(runId / 1000)), String(runId)),
    caches: (repositoryId) => join(root, 'caches', String(repositoryId)),
    actions: join(root, 'actions'),
  };
}
