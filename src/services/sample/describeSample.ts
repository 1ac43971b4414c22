import type { EnvironmentStatus } from '../../contract/apps.ts';
import type { Client } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import { verifyHealth } from '../../runner/verifyHealth.ts';
import type { SamplePaths } from './samplePaths.ts';

const pageTimeoutSeconds = 5;

/** Says where the sample's pages are and what they show, and what to type next. */
export async function describeSample(
  client: Client,
  paths: SamplePaths,
  slipway: string,
  signal: AbortSignal,
): Promise<string[]> {
  const { environments } = await client.call(api.showApp, { params: { app: 'harbor' } });
  const pages = await Promise.all(environments.map((environment) => describePage(environment, signal)));
  return [
    ...pages,
    `  repository  ${paths.repository}`,
    `  declared    ${paths.configuration}`,
    '',
    'Your turn, in another terminal:',
    ...table([
      [`${slipway} status`, 'what is live where'],
      [`${slipway} runs`, 'what was checked; one branch fails'],
      [`${slipway} deploy harbor production v1.1 --follow`, 'ship a tag to production, and watch'],
      [`${slipway} changes harbor production`, 'what main would add to it'],
      [`${slipway} deploy harbor production --follow`, 'ship main'],
      [`${slipway} rollback harbor production --follow`, 'and back'],
      [`${slipway} lock harbor production --reason "tea time"`, 'hold what comes; unlock lets go'],
    ]),
  ];
}

async function describePage({ name, url, live }: EnvironmentStatus, signal: AbortSignal): Promise<string> {
  const line = (text: string) => `  ${name.padEnd(11)} ${url}   ${text}`;
  if (live === null) return line('nothing yet: the first release is yours');
  const health = { url: `${url}/health`, timeout_seconds: pageTimeoutSeconds, contains_sha: true };
  const verified = await verifyHealth(health, live.sha, signal);
  return line(verified.ok ? `${live.short_sha} ${live.title}` : verified.message);
}

/** Commands with what they are for, in two columns. */
function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([command]) => command.length));
  return rows.map(([command, purpose]) => `  ${command.padEnd(width)}   ${purpose}`);
}
