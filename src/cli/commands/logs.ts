import { Option } from 'commander';
import type { Client } from '../../contract/client.ts';
import { isFinal } from '../../contract/states.ts';
import { type DeployParams, findDeploy } from '../arguments.ts';
import { defineCommand, type Run } from '../command.ts';
import { followDeploy } from '../follow/followDeploy.ts';
import { followLogOnly } from '../follow/followLogOnly.ts';
import { readLines } from '../follow/logLines.ts';
import { logOfDeploy } from '../follow/logSource.ts';
import { exitCodeOf, outcomeLine } from '../follow/reportOutcome.ts';
import { createLogWriter, type LogStyle } from '../output/logWriter.ts';

interface Options {
  readonly follow?: boolean;
  readonly raw?: boolean;
}

export const logsCommand = defineCommand<Options>({
  name: 'logs <deploy>',
  summary: 'the log of a deploy, live with --follow',
  details:
    'Colours are shown on a terminal; everything else that a terminal would obey is taken out, unless --raw. With --json a document a line.',
  options: [
    new Option('-f, --follow', 'go on until the deploy ends'),
    new Option('--raw', 'every byte as it was written'),
  ],
  examples: [
    ['slipway logs harbor/staging -f', 'watch the newest deploy'],
    ['slipway logs harbor/staging#12 --times', 'each line with its time'],
    ['slipway logs harbor/staging#12 --raw > deploy.log', 'an exact copy'],
  ],
  async run(run, name = '') {
    const client = await run.client();
    const params = await findDeploy(client, name);
    const { options, out } = run;
    if (!options.follow) {
      await printLog(run, client, params);
      return undefined;
    }
    const special = out.json || options.raw || options.times;
    const ended = special ? await followLogOnly(run, params, styleOf(run)) : await followDeploy(run, params);
    if (!out.json) out.note(outcomeLine(ended, out));
    return isFinal(ended.state) ? exitCodeOf(ended) : undefined;
  },
});

const styleOf = ({ options }: Run<Options>): LogStyle => ({
  raw: options.raw === true,
  times: options.times === true,
});

async function printLog(run: Run<Options>, client: Client, params: DeployParams): Promise<void> {
  const { out, options } = run;
  if (out.json || options.times) return printLines(run, client, params);
  const writer = createLogWriter(out.terminal, styleOf(run));
  const response = await logOfDeploy(params).raw(client);
  for await (const bytes of response.body ?? []) await writer.bytes(bytes);
  await writer.end();
}

async function printLines(run: Run<Options>, client: Client, params: DeployParams): Promise<void> {
  const writer = createLogWriter(run.out.terminal, styleOf(run));
  for await (const line of readLines(client, logOfDeploy(params))) {
    if (run.out.json) run.out.record(line);
    else await writer.text(`${line.text}\n`, line.time);
  }
  await writer.end();
}
