import { api } from '../../contract/addresses.ts';
import type { App } from '../../contract/apps.ts';
import type { Client } from '../../contract/client.ts';
import type { Repository } from '../../contract/repositories.ts';
import type { Connection } from '../connection/connect.ts';
import { problemOf } from '../problem.ts';
import { type Finding, missing, ok, warn } from './finding.ts';

/** The Slipway that commands would talk to: is it there, does it work, can it fetch, has it runners. */
export async function checkServer(connect: () => Promise<Connection>): Promise<Finding[]> {
  let url: string | undefined;
  try {
    const connection = await connect();
    url = connection.url;
    // First what explains best why there is no answer, if there is none.
    const parts = await checkParts(connection.client);
    return [await checkHealth(url), ...parts];
  } catch (error) {
    return notReached(error, url);
  }
}

function notReached(error: unknown, url: string | undefined): Finding[] {
  const problem = problemOf(error);
  const message = problem?.detail ?? (error instanceof Error ? error.message : String(error));
  if (url !== undefined) {
    return [missing('slipway', message, `look into the log of the Slipway at ${url}`)];
  }
  // Wrong settings are told by the finding about them.
  if (problem?.code === 'invalid_input') return [];
  const fix =
    problem?.code === 'unavailable'
      ? 'slipway up (or npm start) starts it here; --url names another'
      : 'without it this is all that can be said';
  return [missing('slipway', message.split('; start it with')[0] ?? message, fix)];
}

async function checkHealth(url: string): Promise<Finding> {
  const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(10_000) });
  const body = (await response.json().catch(() => ({}))) as { problem?: unknown };
  if (response.ok) return ok('slipway', `works at ${url}`);
  const problem = typeof body.problem === 'string' ? body.problem : `${response.status}`;
  return missing(
    'slipway',
    `${url} does not work: ${problem}`,
    'its log says more; restart it if it stays so',
  );
}

async function checkParts(client: Client): Promise<Finding[]> {
  const [apps, repositories, runners] = await Promise.all([
    client.call(api.listApps, {}),
    client.call(api.listRepositories, {}),
    client.call(api.listRunners, {}),
  ]);
  return [
    checkRunners(runners.items.filter(({ kind }) => kind === 'deploys')),
    checkApps(apps.items, repositories.items),
    ...repositories.items.flatMap(checkRepository),
  ];
}

function checkRunners(runners: readonly { host: string; pid: number; running: string[] }[]): Finding {
  if (runners.length === 0) {
    const fix = 'restart Slipway, or start one: slipway serve --services=runner';
    return missing('runners', 'none is alive; nothing starts', fix);
  }
  const words = runners.map(({ host, pid, running }) => {
    const work = running.length > 0 ? `, runs ${running.join(', ')}` : '';
    return `${host} (pid ${pid}${work})`;
  });
  return ok('runners', words.join('; '));
}

function checkApps(apps: readonly App[], repositories: readonly Repository[]): Finding {
  if (apps.length === 0) {
    const fix = 'write a slipway.yml (slipway.example.yml explains all of it), then: slipway apply';
    return warn('configuration', 'no app is declared', fix);
  }
  const appCount = `${apps.length} app${apps.length === 1 ? '' : 's'}`;
  const repositoryCount = `${repositories.length} repositor${repositories.length === 1 ? 'y' : 'ies'}`;
  return ok('configuration', `${appCount}, ${repositoryCount}`);
}

function checkRepository({ name, failing }: Repository): Finding[] {
  if (failing === null) return [];
  const message = `cannot be fetched since ${failing.since}: ${failing.message}`;
  return [warn(`repository ${name}`, message, `slipway repos fetch ${name} tries again`)];
}
