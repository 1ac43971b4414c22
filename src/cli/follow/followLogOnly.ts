import { api } from '../../contract/addresses.ts';
import type { DeployDetail } from '../../contract/deploys.ts';
import { type DeployParams, nameOf } from '../arguments.ts';
import type { Run } from '../command.ts';
import { createLogWriter, type LogStyle, type LogWriter } from '../output/logWriter.ts';
import { Interrupted } from '../problem.ts';
import { tellItGoesOn } from './followDeploy.ts';
import { followLog, type LogPiece } from './followLog.ts';
import { type Link, openLink } from './link.ts';
import { catchUp } from './logLines.ts';
import { type LogSource, logOfDeploy } from './logSource.ts';

/** The log alone, to the end of the deploy: raw, with times, or with `--json` a document for each piece. */
export async function followLogOnly(run: Run, params: DeployParams, style: LogStyle): Promise<DeployDetail> {
  const interrupt = new AbortController();
  try {
    return await run.interrupts.during(
      () => interrupt.abort(),
      () => follow(run, params, style, interrupt.signal),
    );
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    tellItGoesOn(run, nameOf(params));
    throw new Interrupted();
  }
}

async function follow(
  run: Run,
  params: DeployParams,
  style: LogStyle,
  signal: AbortSignal,
): Promise<DeployDetail> {
  const writer = createLogWriter(run.out.terminal, style);
  const link = openLink({
    open: async () => (await run.connect()).client,
    signal,
    onLost: (error) =>
      run.out.note(`slipway: ${error instanceof Error ? error.message : error}. Trying again…`),
    onBack: () => run.out.note('slipway: connected again'),
  });
  const log = logOfDeploy(params);
  const times = style.times && !run.out.json;
  const offset = times
    ? await catchUp(await run.client(), log, (line) => writer.text(`${line.text}\n`, line.time))
    : 0;
  await followLog(link, log, {
    offset,
    signal,
    onPiece: async (piece) => {
      if (run.out.json) run.out.record({ offset: piece.offset, text: piece.text, time: piece.time });
      else if (style.raw) await writeExactly(piece, link, log, writer);
      else await writer.text(piece.text, piece.time);
    },
  });
  await writer.end();
  return link.keepTrying((client) => client.call(api.showDeploy, { params }, { signal }));
}

/** Bytes that are no UTF-8 cannot travel in an event; those pieces are fetched as they are. */
async function writeExactly(piece: LogPiece, link: Link, log: LogSource, writer: LogWriter): Promise<void> {
  if (!piece.text.includes('\ufffd')) return writer.text(piece.text, piece.time);
  const headers = { range: `bytes=${piece.offset}-${piece.end - 1}` };
  const bytes = await link.keepTrying(async (client) => {
    const response = await log.raw(client, { headers });
    return new Uint8Array(await response.arrayBuffer());
  });
  await writer.bytes(bytes);
}
