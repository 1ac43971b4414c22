import type { Client } from '../../contract/client.ts';
import { type Deploy, type DeployDetail, isFinal, type Step } from '../../contract/deploys.ts';
import { api } from '../../contract/index.ts';
import { AppError } from '../../platform/errors.ts';

type Say = (line: string) => void;

const staging = { app: 'harbor', environment: 'staging' };

/**
 * Ships main to staging if nothing was ever live there, and tells each step as it ends. One that a former
 * start requested is followed first; it may have been broken off with that start, and then it is asked for
 * again. Rejects with the signal's reason when it aborts.
 */
export async function shipFirstCommit(client: Client, say: Say, signal: AbortSignal): Promise<void> {
  const { environments } = await client.call(api.showApp, { params: { app: staging.app } });
  const now = environments.find(({ name }) => name === staging.environment);
  if (now === undefined || now.live !== null) return;
  await untilFetched(client, signal);
  const underway = now.active ?? now.queued[0];
  if (underway !== undefined && (await watch(client, underway, say, signal)).state !== 'failed') return;
  await watch(client, await client.call(api.requestDeploy, { params: staging, body: {} }), say, signal);
}

async function watch(client: Client, deploy: Deploy, say: Say, signal: AbortSignal): Promise<DeployDetail> {
  say(`Shipping ${deploy.ref} to staging, "${deploy.title}" (${deploy.name})`);
  const ended = await follow(client, deploy, say, signal);
  say(`  ${ended.state === 'succeeded' ? '✓' : `✗ ${ended.state}:`} ${ended.result}`);
  return ended;
}

/** Waits for the first fetch of the sample's repository. */
export async function untilFetched(client: Client, signal: AbortSignal): Promise<void> {
  const fetched = async () => {
    const shown = await client.call(api.showRepository, { params: { repository: 'harbor' } });
    if (shown.failing !== null)
      throw new AppError('upstream_failed', `the sample cannot be fetched: ${shown.failing.message}`);
    return shown.fetched_at !== null;
  };
  if (await fetched()) return;
  for await (const _ of eventsOf(client, 'harbor', signal)) if (await fetched()) return;
}

/** Looks at the deploy whenever something happened to it, until it has ended. */
async function follow(client: Client, deploy: Deploy, say: Say, signal: AbortSignal): Promise<DeployDetail> {
  const { app, environment, number } = deploy;
  const show = () => client.call(api.showDeploy, { params: { app, environment, number } });
  const told = new Set<number>();
  for await (const _ of eventsOf(client, deploy.name, signal)) {
    const now = await show();
    for (const step of now.steps.filter((step) => step.finished_at !== null && !told.has(step.position))) {
      told.add(step.position);
      say(`  ${describeStep(step)}`);
    }
    if (isFinal(now.state)) return now;
  }
  return show();
}

function describeStep({ name, state, detail, started_at, finished_at }: Step): string {
  const label = name.padEnd(8);
  if (state !== 'succeeded') return `✗ ${label} ${detail ?? state}`;
  const seconds = (Date.parse(finished_at ?? '') - Date.parse(started_at ?? '')) / 1000;
  return `✓ ${label} ${seconds.toFixed(1)} s`;
}

/** What happened to a subject, from the beginning on; one connection to the process that we are part of. */
function eventsOf(client: Client, subject: string, signal: AbortSignal) {
  return client.stream(api.events, { query: { after: 0, subject } }, { signal });
}
