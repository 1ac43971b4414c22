import { setTimeout as delay } from 'node:timers/promises';
import { api } from '../../contract/addresses.ts';
import type { Client } from '../../contract/client.ts';
import type { DeployDetail, Why } from '../../contract/deploys.ts';
import { isFinal } from '../../contract/states.ts';
import { type DeployParams, nameOf } from '../arguments.ts';
import type { Run } from '../command.ts';
import { Interrupted } from '../problem.ts';
import { followLog, type LogPiece } from './followLog.ts';
import { type Link, openLink } from './link.ts';
import { logOfDeploy } from './logSource.ts';
import { openView, type View } from './view.ts';

const pollMs = 1000;
const quickPollMs = 250;

/**
 * Shows a deploy until it has ended: its log as it is written, its progress, and while it waits, why. Ctrl-C ends
 * the following only, and says so.
 */
export async function followDeploy(run: Run, params: DeployParams): Promise<DeployDetail> {
  const view = openView(run, params);
  const interrupt = new AbortController();
  try {
    return await run.interrupts.during(
      () => interrupt.abort(),
      () => follow(run, params, view, interrupt.signal),
    );
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    view.close();
    tellItGoesOn(run, nameOf(params));
    throw new Interrupted();
  } finally {
    view.close();
  }
}

/** What somebody needs to know who stopped looking. */
export function tellItGoesOn({ out }: Run, name: string): void {
  out.note(`\n${name} goes on without you.`);
  out.note(`  watch again  ${out.paint('cyan', `slipway logs -f ${name}`)}`);
  out.note(`  stop it      ${out.paint('cyan', `slipway cancel ${name}`)}`);
}

async function follow(
  run: Run,
  params: DeployParams,
  view: View,
  interrupted: AbortSignal,
): Promise<DeployDetail> {
  const over = new AbortController();
  const signal = AbortSignal.any([interrupted, over.signal]);
  const link = openLink({
    open: async () => (await run.connect()).client,
    signal,
    onLost: (error) => view.notice(`${wordsOf(error)}. Trying again…`),
    onBack: () => view.notice('connected again'),
  });
  const log = { moved: () => {}, reading: Promise.resolve() };
  const onPiece = (piece: LogPiece) => {
    view.log(piece.text);
    log.moved();
  };
  log.reading = followLog(link, logOfDeploy(params), { offset: 0, signal, onPiece });
  try {
    // When one of the two fails, the other is ended below.
    const [deploy] = await Promise.all([watchUntilEnded(link, params, view, signal, log), log.reading]);
    return deploy;
  } finally {
    over.abort();
  }
}

/** Shows how the deploy stands: every second, sooner when its log moves, and when that ends. Answers how it ended. */
async function watchUntilEnded(
  link: Link,
  params: DeployParams,
  view: View,
  signal: AbortSignal,
  log: { moved: () => void; readonly reading: Promise<void> },
): Promise<DeployDetail> {
  for (;;) {
    const moved = new Promise<void>((resolve) => {
      log.moved = resolve;
    });
    const { deploy, why } = await link.keepTrying((client) => loadState(client, params, signal));
    view.state(deploy, why);
    if (isFinal(deploy.state)) return deploy;
    const soon = Promise.all([delay(quickPollMs, undefined, { signal }), moved]);
    await Promise.race([delay(pollMs, undefined, { signal }), soon, log.reading]);
  }
}

async function loadState(client: Client, params: DeployParams, signal: AbortSignal) {
  const deploy = await client.call(api.showDeploy, { params }, { signal });
  const waits = deploy.state === 'queued';
  const why: Why | undefined = waits ? await client.call(api.why, { params }, { signal }) : undefined;
  return { deploy, why };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
