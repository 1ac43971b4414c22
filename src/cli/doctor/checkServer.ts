import type { Client } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import type { Connection } from '../connection/connect.ts';
import { problemOf } from '../problem.ts';
import { type Finding, missing, ok, warn } from './finding.ts';

/** The Slipway that commands would talk to: is it there, does it work, can it fetch, has it runners. */
export async function checkServer(connect: () => Promise<Connection>): Promise<Finding[]> {
  let connection: Connection;
  try {
    connection = await connect();
  } catch (error) {
    return [
      missing('slipway', wordsOf(error), 'slipway up (or npm start) starts it here; --url names another'),
    ];
  }
  try {
    const health = await checkHealth(connection.url);
    return [health, ...(await checkParts(connection.client))];
  } catch (error) {
    return [missing('slipway', wordsOf(error), `look into the log of the Slipway at ${connection.url}`)];
  }
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
    runners.items.length > 0
      ? ok(
          'runners',
          runners.items
            .map(
              ({ host, pid, running }) =>
                `${host} (pid ${pid}${running.length > 0 ? `, runs ${running.join(', ')}` : ''})`,
            )
            .join('; '),
        )
      : missing(
          'runners',
          'none is alive; nothing starts',
          'restart Slipway, or start one: slipway serve --services=runner',
        ),
    apps.items.length > 0
      ? ok(
          'configuration',
          `${count(apps.items.length, 'app')}, ${count(repositories.items.length, 'repositor', 'y', 'ies')}`,
        )
      : warn(
          'configuration',
          'no app is declared',
          'write a slipway.yml (slipway.example.yml explains all of it), then: slipway apply',
        ),
    ...repositories.items.flatMap(({ name, failing }) =>
      failing === null
        ? []
        : [
            warn(
              `repository ${name}`,
              `cannot be fetched since ${failing.since}: ${failing.message}`,
              `slipway repos fetch ${name} tries again`,
            ),
          ],
    ),
  ];
}

const count = (amount: number, word: string, one = '', many = 's'): string =>
  `${amount} ${word}${amount === 1 ? one : many}`;

const wordsOf = (error: unknown): string =>
  problemOf(error)?.detail ?? (error instanceof Error ? error.message : String(error));
