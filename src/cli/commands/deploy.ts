import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import type { Client } from '../../contract/client.ts';
import type { Deploy, Preview } from '../../contract/deploys.ts';
import { AppError } from '../../platform/errors.ts';
import { requireTarget } from '../arguments.ts';
import { defineCommand, type Run } from '../command.ts';
import { persist } from '../connection/persist.ts';
import { fetchRepository } from '../fetchRepository.ts';
import { reportRequested } from '../follow/reportOutcome.ts';
import { reasonLines } from '../follow/waiting.ts';
import { writeDuration } from '../output/time.ts';
import { Interrupted } from '../problem.ts';
import { askYesOrNo } from '../prompts.ts';
import { followOption, forceOption, yesOption } from '../shipOptions.ts';
import { printChanges, printSummary } from '../views/changes.ts';

interface Options {
  readonly follow?: boolean;
  readonly force?: string;
  readonly yes?: boolean;
  readonly fetch: boolean;
}

type Target = Awaited<ReturnType<typeof requireTarget>>;

export const deployCommand = defineCommand<Options>({
  name: 'deploy <app> [environment] [ref]',
  summary: 'ship it: fetch, show what goes out, ask, deploy',
  details:
    'REF is a branch, a tag, a full or short sha, :current or :previous; without one the default ref of the environment.',
  options: [
    followOption(),
    forceOption(),
    yesOption(),
    new Option('--no-fetch', 'ship what the mirror has, without looking for new commits'),
  ],
  examples: [
    ['slipway deploy harbor staging', 'ship the default ref of staging'],
    ['slipway deploy harbor production v1.4 --follow', 'ship a tag, and watch'],
    ['slipway deploy harbor staging main --yes --follow', 'in a script: exits with 4 when it fails'],
  ],
  async run(run, app = '', ...words) {
    const client = await run.client();
    const target = await requireTarget(client, app, ...words);
    const [ref] = target.rest;
    if (run.options.fetch && !(await isFixed(client, target, ref))) await fetchOrExplain(run, client, target);
    const preview = await showPreview(run, client, target, ref);
    const deploy = await request(client, target, ref, preview.changes.candidate.sha, run.options.force);
    return reportRequested(run, deploy, run.options.follow === true);
  },
});

/** Whether fetching cannot change what the ref means: a release of the past, or a commit that is known. */
async function isFixed(client: Client, target: Target, ref: string | undefined): Promise<boolean> {
  if (ref?.startsWith(':')) return true;
  if (ref === undefined || !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(ref)) return false;
  const params = { repository: target.repository, sha: ref };
  return client.call(api.showCommit, { params }).then(
    () => true,
    () => false,
  );
}

async function fetchOrExplain(run: Run, client: Client, target: Target): Promise<void> {
  try {
    await fetchRepository(run, client, target.repository);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const advice = 'To ship what the mirror has all the same: --no-fetch';
    throw new AppError(error.code, `${error.message}\n${advice}`, error.details, { cause: error });
  }
}

/** Shows what goes out, and asks whoever can answer. Nothing is shown to a script that asks for JSON. */
async function showPreview(
  run: Run<Options>,
  client: Client,
  target: Target,
  ref: string | undefined,
): Promise<Preview> {
  const params = { app: target.app, environment: target.environment };
  const query = ref === undefined ? {} : { ref };
  const preview = await client.call(api.preview, { params, query });
  const willBeRefused = preview.nothing_to_deploy && run.options.force === undefined;
  if (run.out.json || willBeRefused) return preview;
  const changes = await client.call(api.listChanges, { params, query: { ...query, limit: 10 } });
  printPreview(run, target, preview, changes);
  if (!run.out.terminal.interactive || run.options.yes) return preview;
  printObstacles(run, preview);
  if (!(await askYesOrNo(`Ship it to ${target.app}/${target.environment}?`)))
    throw new Interrupted('nothing was shipped');
  return preview;
}

function printPreview(
  { out }: Run,
  target: Target,
  preview: Preview,
  changes: { items: Parameters<typeof printChanges>[1] },
): void {
  printSummary(out, target, preview.changes);
  printChanges(out, changes.items);
  const left = preview.changes.out + preview.changes.away - changes.items.length;
  if (left > 0) {
    const command = `slipway changes ${target.app} ${target.environment} ${preview.changes.candidate.ref} --all`;
    out.line(out.paint('dim', `  … and ${left} more: ${command}`));
  }
  if (preview.estimate_seconds !== null)
    out.line(`It takes about ${writeDuration(preview.estimate_seconds)}.`);
}

/** What would stop it, for whoever is asked. Others are told when it waits. */
function printObstacles({ out }: Run, preview: Preview): void {
  if (preview.reasons.length > 0) out.line(out.paint('yellow', 'It would wait:'));
  for (const [index, reason] of preview.reasons.entries()) {
    for (const line of reasonLines(reason, index, out)) out.line(line);
  }
}

/** One key for all attempts: a retry after a lost connection gets the deploy of the first, never a second one. */
function request(
  client: Client,
  target: Target,
  ref: string | undefined,
  expectedSha: string,
  force: string | undefined,
): Promise<Deploy> {
  const idempotencyKey = randomUUID();
  const params = { app: target.app, environment: target.environment };
  const body = {
    ...(ref && { ref }),
    expected_sha: expectedSha,
    ...(force !== undefined && { force: { reason: force } }),
  };
  return persist(() => client.call(api.requestDeploy, { params, body }, { idempotencyKey }));
}
