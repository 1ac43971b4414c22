import { api } from '../../contract/index.ts';
import type { EventRecord } from '../../contract/system.ts';
import type { AnyEndpoint, QueryKey } from './queryKey.ts';

/** What of an event says whom it concerns. */
export type Happening = Pick<EventRecord, 'kind' | 'subject'> & Partial<Pick<EventRecord, 'data'>>;

/** Whether an event may have changed the answer that is kept under a key. Too often costs a request; too seldom lies. */
export function isAffected(event: Happening, key: readonly unknown[]): boolean {
  const [path, params = {}, query = {}] = key as unknown as QueryKey;
  const topic = event.kind.split('.')[0] ?? '';
  if (!(affectedBy[topic] ?? everything).has(path)) return false;
  if (topic === 'run' || topic === 'job') return isAffectedByRun(event, [path, params, query]);
  if (topic !== 'deploy') return true;
  const subject = deployOf(event.subject);
  return (
    isSame(params.app ?? query.app, subject.app) &&
    // What else the environment does changes why a deploy waits.
    isSame(params.environment ?? query.environment, subject.environment) &&
    (path === api.why.path || isSame(params.number, subject.number))
  );
}

/** Events of runs and jobs say in their data which; steps are shown of a run and of a job, and nowhere else. */
function isAffectedByRun({ kind, data = {} }: Happening, [path, params, query]: QueryKey): boolean {
  if (kind === 'job.step' && path !== api.showRun.path && path !== api.showJob.path) return false;
  if (path === api.listRunners.path) return kind.startsWith('job.');
  return (
    isSame(params.run, data.run?.toString()) &&
    isSame(params.job, data.job?.toString()) &&
    isSame(params.repository ?? query.repository, data.repository?.toString())
  );
}

const isSame = (asked: unknown, happened: string | undefined): boolean =>
  asked === undefined || happened === undefined || String(asked) === happened;

function deployOf(subject: string) {
  const [, app, environment, number] = /^([^/#]+)\/([^/#]+)#(\d+)$/.exec(subject) ?? [];
  return { app, environment, number };
}

const paths = (...endpoints: AnyEndpoint[]): ReadonlySet<string> =>
  new Set(endpoints.map((endpoint) => endpoint.path));

const standing = [api.listApps, api.showApp, api.listRungs, api.preview, api.why];
const ofRuns = [
  api.listRuns,
  api.showRun,
  api.showJob,
  api.listCommitRuns,
  api.listRunners,
  api.listTests,
  api.listArtifacts,
];
const everything = paths(...Object.values(api).filter((endpoint) => endpoint.method === 'GET'));

/** The first word of an event's kind → what shows it. What is not listed changes everything. */
const affectedBy: Readonly<Record<string, ReadonlySet<string>>> = {
  deploy: paths(
    ...standing,
    api.listDeploys,
    api.listReleases,
    api.deployStats,
    api.showDeploy,
    api.deployChanges,
    api.listChanges,
    api.listRunners,
  ),
  lock: paths(...standing, api.listLocks, api.listDeploys, api.showDeploy),
  check: paths(
    api.listRungs,
    api.listChanges,
    api.deployChanges,
    api.preview,
    api.why,
    api.showCommit,
    api.listCommitRuns,
  ),
  run: paths(...ofRuns),
  job: paths(...ofRuns),
  repository: paths(
    api.listRepositories,
    api.showRepository,
    api.listRefs,
    api.listCommits,
    api.listRungs,
    api.preview,
    api.listChanges,
    api.listWorkflows,
  ),
  project: paths(api.listProjects, api.showProject, api.listProjectKeys, api.showTeam),
  secret: paths(api.listSecrets, api.listWorkflowSecrets, api.listWorkflowEnvironments),
  variable: paths(api.listVariables, api.listWorkflowEnvironments),
  // Who may let a job in follows from the rules and the teams.
  workflow_environment: paths(
    api.listWorkflowEnvironments,
    api.listWorkflowSecrets,
    api.listVariables,
    api.showJob,
  ),
  team: paths(
    api.listTeams,
    api.showTeam,
    api.listUsers,
    api.listApps,
    api.showApp,
    api.listProjects,
    api.listWorkflowEnvironments,
    api.showJob,
  ),
};
