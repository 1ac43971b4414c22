import { api } from '../../contract/addresses.ts';
import type { Client } from '../../contract/client.ts';
import type { WorkflowJob, WorkflowRun } from '../../contract/runs.ts';
import { AppError } from '../../platform/errors.ts';
import { checkoutHere } from './checkoutHere.ts';
import { repositoryOf } from './repositoryHere.ts';
import { parseRunName, type RunName } from './runName.ts';

/** The id of the run that a text names; without one the newest of the commit that is checked out, or of its branch. */
export async function findRun(client: Client, text: string | undefined): Promise<number> {
  if (text === undefined) return (await newestHere(client)).id;
  const name = parseRunName(text);
  return name.kind === 'id' ? name.id : (await findNumbered(client, name)).id;
}

async function findNumbered(client: Client, name: RunName & { kind: 'number' }): Promise<WorkflowRun> {
  const { repository, workflow, number } = name;
  // Told apart from a workflow that never ran: a repository that is not there.
  await client.call(api.showRepository, { params: { repository } });
  const query = { repository, workflow, limit: 50, ...(number === undefined ? {} : { number }) };
  const { items } = await client.call(api.listRuns, { query });
  const found = items.find((run) => run.name.startsWith(`${repository}/${workflow}#`)) ?? items[0];
  if (found !== undefined) return found;
  const what = number === undefined ? `run of a workflow "${workflow}"` : `run ${workflow}#${number}`;
  throw new AppError(
    'not_found',
    `${repository} has no ${what}; look at: slipway runs --repository ${repository}`,
  );
}

async function newestHere(client: Client): Promise<WorkflowRun> {
  const checkout = await checkoutHere(process.cwd());
  if (checkout === null)
    throw new AppError(
      'invalid_input',
      'name a run (harbor/test#12, or its id), or go to a checkout: slipway runs lists them',
    );
  const { items: repositories } = await client.call(api.listRepositories, {});
  const repository = repositoryOf(repositories, checkout);
  const { sha, branch } = checkout;
  const ofRepository = repository === undefined ? {} : { repository };
  const ofCommit = await newest(client, { ...ofRepository, sha });
  if (ofCommit !== undefined) return ofCommit;
  const ofBranch =
    repository === undefined || branch === null ? undefined : await newest(client, { repository, branch });
  if (ofBranch !== undefined) return ofBranch;
  throw new AppError(
    'not_found',
    repository === undefined
      ? `no run of ${sha.slice(0, 8)}, and none of the remotes here is a repository of Slipway's (slipway repos lists them)`
      : `no run of ${sha.slice(0, 8)}${branch === null ? '' : `, or of ${branch}`} in ${repository}: was it pushed? slipway repos fetch ${repository} looks now`,
  );
}

async function newest(
  client: Client,
  query: { repository?: string; sha?: string; branch?: string },
): Promise<WorkflowRun | undefined> {
  const { items } = await client.call(api.listRuns, { query: { ...query, limit: 1 } });
  return items[0];
}

/** Jobs that a text names: an id, a name, a key, or the job as it is written, which may stand for a whole matrix. */
export function chooseJobs<Job extends Pick<WorkflowJob, 'id' | 'name' | 'key' | 'path'>>(
  jobs: readonly Job[],
  text: string | undefined,
): Job[] {
  if (text === undefined) return [...jobs];
  const exact = jobs.filter(({ id, name, key }) => [String(id), name, key].includes(text));
  const found = exact.length > 0 ? exact : jobs.filter(({ path }) => path === text);
  if (found.length > 0) return found;
  const names = jobs.map(({ name }) => name).join(', ');
  throw new AppError(
    'not_found',
    `this run has no job "${text}"; ${names === '' ? 'it has none' : `there is ${names}`}`,
  );
}

/** The one job that a text names. */
export function chooseJob<Job extends Pick<WorkflowJob, 'id' | 'name' | 'key' | 'path'>>(
  jobs: readonly Job[],
  text: string,
): Job {
  const [first, ...others] = chooseJobs(jobs, text);
  if (first !== undefined && others.length === 0) return first;
  const names = [first, ...others].map((job) => job?.name).join(', ');
  throw new AppError('invalid_input', `"${text}" means several jobs; name one: ${names}`);
}
