import type { Client } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import type { RunDetail, WorkflowRun } from '../../contract/runs.ts';

type Say = (line: string) => void;

const repository = 'harbor';
/** main first: it is what people ship. One of the branches is there to be seen failing. */
const refs = ['main', 'v1.1', 'v1.0', 'lighthouse', 'broken-tests', 'broken-health'];
const workflow = 'test';

/**
 * Has the workflow of the sample run for its branches and tags, the first time: what was in a repository when Slipway
 * first looked at it is no news, and starts nothing by itself.
 */
export async function checkCommits(client: Client, say: Say, signal: AbortSignal): Promise<void> {
  for (const [index, ref] of refs.entries()) {
    const { items } = await client.call(api.listRuns, { query: { repository, workflow, number: index + 1 } });
    if (items.length > 0) continue;
    await client.call(api.dispatchWorkflow, { params: { repository }, body: { workflow, ref } });
    if (index === 0) await follow(client, say, signal);
  }
}

/** Follows the run of main, and tells how each of its jobs ended. */
async function follow(client: Client, say: Say, signal: AbortSignal): Promise<void> {
  const told = new Set<string>();
  for await (const _ of client.stream(
    api.events,
    { query: { after: 0, subject: 'harbor/test#1' } },
    { signal },
  )) {
    const found = await firstRun(client);
    if (found === undefined) continue;
    const run = await client.call(api.showRun, { params: { run: found.id } });
    if (told.size === 0) say(`Checking main, by ${run.file} (${run.name})`);
    told.add('');
    tellEnded(run, told, say);
    if (run.state === 'completed')
      return say(`  ${run.conclusion === 'success' ? '✓' : '✗'} ${run.conclusion}: ${run.url}`);
  }
}

async function firstRun(client: Client): Promise<WorkflowRun | undefined> {
  const { items } = await client.call(api.listRuns, { query: { repository, workflow, number: 1 } });
  return items[0];
}

function tellEnded({ jobs_list }: RunDetail, told: Set<string>, say: Say): void {
  for (const { key, name, conclusion, duration_seconds } of jobs_list) {
    if (conclusion === null || told.has(key)) continue;
    told.add(key);
    const time = duration_seconds === null ? '' : ` ${duration_seconds.toFixed(1)} s`;
    say(`  ${conclusion === 'success' ? '✓' : '✗'} ${name.padEnd(24)}${time}`);
  }
}
