import { stringify } from 'yaml';
import type { Client } from '../../src/contract/client.ts';
import { type Deploy, type DeployDetail, isFinal } from '../../src/contract/deploys.ts';
import { api } from '../../src/contract/index.ts';
import { eventually } from './eventually.ts';

export interface BenchApp {
  readonly name: string;
  readonly paths?: readonly string[];
  readonly steps?: readonly Record<string, unknown>[];
  readonly environments: readonly string[];
}

export const repositoryName = 'harbor';

/** Declares apps of one repository and waits until it is fetched. */
export async function declareApps(client: Client, url: string, apps: readonly BenchApp[]): Promise<void> {
  await client.call(api.applyConfiguration, { body: { text: configuration(url, apps) } });
  await eventually('the repository is fetched', async () => {
    const shown = await client.call(api.showRepository, { params: { repository: repositoryName } });
    if (shown.failing !== null) throw new Error(shown.failing.message);
    return shown.fetched_at !== null;
  });
}

function configuration(url: string, apps: readonly BenchApp[]): string {
  return stringify({
    repositories: { [repositoryName]: { url, fetch_every: 0 } },
    apps: Object.fromEntries(
      apps.map(({ name, paths, steps = [{ name: 'Release', run: 'true' }], environments }) => [
        name,
        {
          repository: repositoryName,
          team: 'web',
          steps,
          ...(paths ? { paths } : {}),
          environments: Object.fromEntries(environments.map((environment) => [environment, {}])),
        },
      ]),
    ),
  });
}

/** Waits until the deploy has ended well, and answers it. */
export function untilSucceeded(client: Client, deploy: Deploy, everyMs = 10): Promise<DeployDetail> {
  const { app, environment, number } = deploy;
  return eventually(
    `${deploy.name} succeeds`,
    async () => {
      const shown = await client.call(api.showDeploy, { params: { app, environment, number } });
      if (shown.state === 'succeeded') return shown;
      if (isFinal(shown.state)) throw new Error(`${deploy.name} ended ${shown.state}: ${shown.result}`);
      return undefined;
    },
    { everyMs },
  );
}
