import { api } from '../../contract/addresses.ts';
import type { Client } from '../../contract/client.ts';
import { splitTarget } from '../deployName.ts';
import { findRun } from '../runs/findRun.ts';
import type { Candidate } from './plan.ts';

type Lookup = (client: Client, before: readonly string[], signal: AbortSignal) => Promise<Candidate[]>;

/** What the server knows under each name of an argument; for any other there is nothing to offer. */
const lookups: Readonly<Record<string, Lookup>> = {
  app: async (client, _before, signal) => {
    const { items } = await client.call(api.listApps, {}, { signal });
    return items.map((app) => ({
      word: app.name,
      meaning: app.environments.map(({ name }) => name).join(', '),
    }));
  },
  environment: async (client, [app], signal) => {
    const { items } = await client.call(
      api.listApps,
      { query: app === undefined ? {} : { app } },
      { signal },
    );
    return items
      .flatMap((each) => each.environments)
      .map(({ name, live }) => ({ word: name, meaning: live === null ? 'nothing live' : live.title }));
  },
  ref: async (client, [first], signal) => {
    const { app } = splitTarget(first);
    const { repository } = await client.call(api.showApp, { params: { app: app ?? '' } }, { signal });
    const { items } = await client.call(
      api.listRefs,
      { params: { repository }, query: { limit: 200 } },
      { signal },
    );
    return [
      ...items.map(({ name, subject }) => ({ word: name, meaning: subject })),
      { word: ':current', meaning: 'what is live' },
      { word: ':previous', meaning: 'the last good other release' },
    ];
  },
  deploy: async (client, _before, signal) => {
    const { items } = await client.call(api.listDeploys, { query: { limit: 50 } }, { signal });
    return items.map(({ name, state, title }) => ({ word: name, meaning: `${state}: ${title}` }));
  },
  to: async (client, [app, environment], signal) => {
    const target = splitTarget(app, environment);
    const query = {
      app: target.app ?? '',
      environment: target.environment ?? '',
      state: 'succeeded',
      limit: 20,
    };
    const { items } = await client.call(api.listDeploys, { query }, { signal });
    return items.map(({ number, title }) => ({ word: String(number), meaning: title }));
  },
  run: async (client, _before, signal) => {
    const { items } = await client.call(api.listRuns, { query: { limit: 50 } }, { signal });
    return items.map(({ name, state, conclusion, title }) => ({
      word: name,
      meaning: `${conclusion ?? state}: ${title}`,
    }));
  },
  job: async (client, [name], signal) => {
    const params = { run: await findRun(client, name) };
    const { jobs_list } = await client.call(api.showRun, { params }, { signal });
    return jobs_list.map((job) => ({ word: job.name, meaning: job.conclusion ?? job.state }));
  },
  repository: async (client, _before, signal) => {
    const { items } = await client.call(api.listRepositories, {}, { signal });
    return items.map(({ name, url, clone_url }) => ({ word: name, meaning: url ?? clone_url }));
  },
  jobenvironment: async (client, _before, signal) => {
    const { items } = await client.call(api.listWorkflowEnvironments, {}, { signal });
    return items.map(({ repository, name }) => ({ word: name, meaning: repository }));
  },
  user: async (client, _before, signal) => {
    const { items } = await client.call(api.listUsers, {}, { signal });
    return items.map(({ username, name }) => ({ word: username, meaning: name }));
  },
  team: async (client, _before, signal) => {
    const { items } = await client.call(api.listTeams, {}, { signal });
    return items.map(({ slug, members }) => ({ word: slug, meaning: members.join(', ') }));
  },
  project: async (client, _before, signal) => {
    const { items } = await client.call(api.listProjects, { query: { limit: 200 } }, { signal });
    return items.map(({ slug, name, team }) => ({ word: slug, meaning: `${name}, ${team}` }));
  },
  key: async (client, [project], signal) => {
    const params = { project: project ?? '' };
    const { items } = await client.call(api.listProjectKeys, { params }, { signal });
    return items
      .filter(({ state }) => state !== 'revoked')
      .map(({ public_key, state, label }) => ({ word: public_key, meaning: `${state} ${label}`.trim() }));
  },
};

/** Names that may stand for an argument called `of`, after the arguments `before`. */
export async function lookUpNames(
  client: Client,
  of: string,
  before: readonly string[],
  signal: AbortSignal,
): Promise<Candidate[]> {
  return lookups[of]?.(client, before, signal) ?? [];
}
