import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import type { CommitGround, CommitTrigger } from '../../workflows/commit/index.ts';
import type { Machine } from '../../workflows/plan/index.ts';
import type { RepositoryRow } from '../repositories/index.ts';
import { knownSha, type TriggerRow } from '../triggers/index.ts';
import type { Planner } from './planner/planner.ts';

/** What use cases about runs work with. */
export interface RunsContext {
  readonly db: Db;
  readonly now: () => Date;
  readonly paths: DataPaths;
  readonly planner: Planner;
  readonly publicUrl: string;
  /** Directories and git base URLs that actions of other repositories are taken from. */
  readonly actionPlaces: readonly string[];
}

/** Runners come and go: whether one has the labels of a job, or a container engine, is known when it is queued. */
export const anyMachine: Machine = {
  containerEngine: true,
  architecture: process.arch === 'arm64' ? 'arm64' : 'x64',
  labels: 'any',
};

/** What workflows of a repository are told of it. */
export async function groundOf(
  { db, paths, publicUrl, actionPlaces }: RunsContext,
  repository: RepositoryRow,
  scratch: string,
): Promise<CommitGround> {
  const defaultBranch = repository.default_branch ?? 'main';
  return {
    gitDir: paths.mirror(repository.id),
    ...nameOf(repository, publicUrl),
    defaultBranch,
    defaultSha: await knownSha(db, repository.id, `refs/heads/${defaultBranch}`),
    actions: actionPlaces,
    actionCache: paths.actions,
    scratch,
  };
}

/** `owner/name` and the server of a repository that has such a url; else Slipway itself is its server. */
export function nameOf(
  { name, config }: Pick<RepositoryRow, 'name' | 'config'>,
  publicUrl: string,
): { repository: string; serverUrl: string } {
  const { url } = config as { url?: string | null };
  if (url && /^https?:/.test(url) && URL.canParse(url)) {
    const { origin, pathname } = new URL(url);
    const [repository, owner] = pathname
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .split('/')
      .reverse();
    if (repository && owner) return { repository: `${owner}/${repository}`, serverUrl: origin };
  }
  return { repository: `slipway/${name}`, serverUrl: publicUrl };
}

export const commitTrigger = (trigger: TriggerRow): CommitTrigger => ({
  event: trigger.event,
  ref: trigger.ref,
  sha: trigger.code_sha ?? trigger.sha,
  before: trigger.before,
  actor: trigger.actor,
  payload: trigger.payload,
  inputs: trigger.inputs,
  trusted: trigger.trusted,
});
