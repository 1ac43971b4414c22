import type { Address, Endpoint } from './endpoint.ts';
import type { api as described } from './index.ts';

type AddressOf<E> =
  E extends Endpoint<infer Params, infer Query, infer Body, infer Response>
    ? Address<Params, Query, Body, Response>
    : never;

const get = (path: string) => ({ method: 'GET', path }) as const;
const post = (path: string) => ({ method: 'POST', path }) as const;
const put = (path: string) => ({ method: 'PUT', path }) as const;
const patch = (path: string) => ({ method: 'PATCH', path }) as const;
const remove = (path: string) => ({ method: 'DELETE', path }) as const;

/**
 * Every operation of the HTTP API by its address alone, for clients that must start fast: making the schemas takes
 * longer than most commands run. It compiles when none is missing, and a test compares it with the contract.
 */
export const api: { readonly [Name in keyof typeof described]: AddressOf<(typeof described)[Name]> } = {
  signIn: post('/session'),
  setUpState: get('/setup'),
  setUp: post('/setup'),
  session: get('/session'),
  signOut: remove('/session'),
  sessions: get('/sessions'),
  endSession: remove('/sessions/{id}'),
  me: get('/me'),
  changeMyPassword: put('/me/password'),
  listUsers: get('/users'),
  createUser: post('/users'),
  updateUser: patch('/users/{username}'),
  listTokens: get('/tokens'),
  createToken: post('/tokens'),
  revokeToken: remove('/tokens/{id}'),
  listAudit: get('/audit'),

  listApps: get('/apps'),
  showApp: get('/apps/{app}'),
  listRungs: get('/apps/{app}/commits'),
  listSecrets: get('/secrets'),
  setSecret: put('/secrets/{name}'),
  deleteSecret: remove('/secrets/{name}'),

  listDeploys: get('/deploys'),
  deployStats: get('/deploys/stats'),
  preview: get('/apps/{app}/environments/{environment}/preview'),
  listChanges: get('/apps/{app}/environments/{environment}/changes'),
  listReleases: get('/apps/{app}/environments/{environment}/releases'),
  requestDeploy: post('/apps/{app}/environments/{environment}/deploys'),
  rollback: post('/apps/{app}/environments/{environment}/rollback'),
  showDeploy: get('/apps/{app}/environments/{environment}/deploys/{number}'),
  deployChanges: get('/apps/{app}/environments/{environment}/deploys/{number}/changes'),
  why: get('/apps/{app}/environments/{environment}/deploys/{number}/why'),
  cancel: post('/apps/{app}/environments/{environment}/deploys/{number}/cancel'),
  redeploy: post('/apps/{app}/environments/{environment}/deploys/{number}/redeploy'),
  start: post('/apps/{app}/environments/{environment}/deploys/{number}/start'),
  log: get('/apps/{app}/environments/{environment}/deploys/{number}/log'),
  logLines: get('/apps/{app}/environments/{environment}/deploys/{number}/log/lines'),
  searchLog: get('/apps/{app}/environments/{environment}/deploys/{number}/log/search'),
  followLog: get('/apps/{app}/environments/{environment}/deploys/{number}/log/stream'),

  listLocks: get('/locks'),
  createLock: post('/locks'),
  unlock: post('/locks/{id}/unlock'),

  listProjects: get('/projects'),
  showProject: get('/projects/{project}'),
  createProject: post('/projects'),
  updateProject: patch('/projects/{project}'),
  deleteProject: remove('/projects/{project}'),
  listProjectKeys: get('/projects/{project}/keys'),
  createProjectKey: post('/projects/{project}/keys'),
  rotateProjectKey: post('/projects/{project}/keys/rotate'),
  updateProjectKey: patch('/projects/{project}/keys/{key}'),

  planConfiguration: post('/configuration/plan'),
  applyConfiguration: put('/configuration'),
  exportConfiguration: get('/configuration/export'),
  watchedFiles: get('/configuration/files'),
  applyWatchedFiles: post('/configuration/files/apply'),

  listRepositories: get('/repositories'),
  showRepository: get('/repositories/{repository}'),
  fetchRepository: post('/repositories/{repository}/fetch'),
  deleteRepository: remove('/repositories/{repository}'),
  listRefs: get('/repositories/{repository}/refs'),
  listCommits: get('/repositories/{repository}/commits'),
  showCommit: get('/repositories/{repository}/commits/{sha}'),
  reportCheck: post('/repositories/{repository}/commits/{sha}/checks'),

  listWorkflowSecrets: get('/workflow/secrets'),
  setWorkflowSecrets: put('/workflow/secrets'),
  deleteWorkflowSecret: remove('/workflow/secrets/{name}'),
  listVariables: get('/workflow/variables'),
  setVariables: put('/workflow/variables'),
  deleteVariable: remove('/workflow/variables/{name}'),
  listWorkflowEnvironments: get('/workflow/environments'),
  setWorkflowEnvironment: put('/workflow/environments/{repository}/{environment}'),
  deleteWorkflowEnvironment: remove('/workflow/environments/{repository}/{environment}'),
  listRuns: get('/runs'),
  showRun: get('/runs/{run}'),
  listArtifacts: get('/runs/{run}/artifacts'),
  downloadArtifact: get('/runs/{run}/artifacts/{name}'),
  cancelRun: post('/runs/{run}/cancel'),
  rerunRun: post('/runs/{run}/rerun'),
  listTests: get('/runs/{run}/tests'),
  showJob: get('/jobs/{job}'),
  approveJob: post('/jobs/{job}/approve'),
  jobLog: get('/jobs/{job}/log'),
  jobLogLines: get('/jobs/{job}/log/lines'),
  searchJobLog: get('/jobs/{job}/log/search'),
  followJobLog: get('/jobs/{job}/log/stream'),
  jobLogOutline: get('/jobs/{job}/log/outline'),
  listWorkflows: get('/repositories/{repository}/workflows'),
  dispatchWorkflow: post('/repositories/{repository}/dispatches'),
  dispatchEvent: post('/repositories/{repository}/events'),
  listCommitRuns: get('/repositories/{repository}/commits/{sha}/runs'),

  listRunnerTokens: get('/runner-tokens'),
  createRunnerToken: post('/runner-tokens'),
  revokeRunnerToken: remove('/runner-tokens/{id}'),
  drainRunner: post('/runners/{runner}/drain'),

  showWebhook: get('/repositories/{repository}/webhook'),
  createWebhook: post('/repositories/{repository}/webhook'),
  rotateWebhook: post('/repositories/{repository}/webhook/rotate'),
  deleteWebhook: remove('/repositories/{repository}/webhook'),
  listDeliveries: get('/repositories/{repository}/webhook/deliveries'),

  showInfo: get('/info'),
  showInstallation: get('/installation'),
  events: get('/events'),
  listRunners: get('/runners'),

  listTeams: get('/teams'),
  showTeam: get('/teams/{team}'),
  createTeam: post('/teams'),
  updateTeam: patch('/teams/{team}'),
  deleteTeam: remove('/teams/{team}'),
  addTeamMember: put('/teams/{team}/members/{username}'),
  removeTeamMember: remove('/teams/{team}/members/{username}'),

  logOutline: get('/apps/{app}/environments/{environment}/deploys/{number}/log/outline'),
  watchDeploy: put('/apps/{app}/environments/{environment}/deploys/{number}/watchers'),
  stopWatching: remove('/apps/{app}/environments/{environment}/deploys/{number}/watchers'),
};
