import { once } from 'node:events';
import { api } from '../../contract/addresses.ts';
import { ApiError, type Client } from '../../contract/client.ts';
import type { Run } from '../command.ts';
import { readLines } from '../follow/logLines.ts';
import { logOfJob } from '../follow/logSource.ts';
import { createLogFilter } from '../output/logFilter.ts';
import { createLogWriter } from '../output/logWriter.ts';
import { plainLine } from '../output/plainText.ts';
import type { Terminal } from '../output/terminal.ts';
import { createGroups, readLogLine } from '../workflow/groups.ts';
import { createStepOutput } from '../workflow/stepOutput.ts';
import { markOf } from '../workflow/words.ts';
import type { ListedJob } from './jobTree.ts';

export interface LogOptions {
  /** Only lines of steps that failed. */
  readonly failed: boolean;
  readonly raw: boolean;
  readonly times: boolean;
}

/** Part of a log: the lines of one step, or all of it. */
interface Part {
  readonly title: string | null;
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
}

const whole: Part = { title: null, from: 1, to: Number.POSITIVE_INFINITY };

/** The logs of jobs, one after the other; of several each begins with its name. */
export async function printJobLogs(
  run: Run,
  client: Client,
  jobs: readonly ListedJob[],
  options: LogOptions,
): Promise<void> {
  for (const job of jobs) {
    const parts = options.failed ? await failedParts(client, job) : [whole];
    if (jobs.length > 1 && !run.out.json && !options.raw) run.out.line(headOf(job, run.out.terminal));
    for (const part of parts) {
      const printed = printPart(run, client, job, part, options);
      await (jobs.length > 1 ? printed.catch((error: unknown) => sayGone(run, error)) : printed);
    }
    if (parts.length === 0 && !run.out.json) run.out.line(plainLine(job.reason ?? 'no step of it failed'));
  }
}

/** Of several, one whose log was removed keeps the others from nobody. */
function sayGone({ out }: Run, error: unknown): void {
  if (!(error instanceof ApiError) || error.problem.code !== 'not_found') throw error;
  if (out.json) out.record({ problem: error.message });
  else out.line(plainLine(error.message));
}

function headOf(job: ListedJob, terminal: Terminal): string {
  const mark = job.conclusion === null ? '' : `${markOf(job.conclusion, terminal)} `;
  return `${mark}${terminal.paint('bold', plainLine(job.name))}`;
}

/** Where the steps that failed stand in the log of their job. */
async function failedParts(client: Client, job: ListedJob): Promise<Part[]> {
  const { sections, lines } = await client.call(api.jobLogOutline, { params: { job: job.id } });
  const failed = job.steps.filter(({ conclusion }) => conclusion === 'failure');
  // Where there is nothing, whoever is asked for it says why.
  if (lines === 0 && failed.length > 0) return [whole];
  return failed.flatMap(({ number, name }) => {
    const at = sections.findIndex(({ position }) => position === number);
    const section = sections[at];
    if (section === undefined) return [];
    return [{ title: name, from: section.line + 1, to: sections[at + 1]?.line ?? lines + 2 }];
  });
}

async function printPart(
  run: Run,
  client: Client,
  job: ListedJob,
  part: Part,
  options: LogOptions,
): Promise<void> {
  const { out } = run;
  const { terminal } = out;
  const log = logOfJob(job.id);
  if (part.title !== null && !out.json && !options.raw)
    out.line(terminal.paint('bold', `${terminal.unicode ? '▸' : '>'} ${plainLine(part.title)}`));
  if (part === whole && !out.json && !options.times) {
    const response = await log.raw(client);
    if (options.raw) return writeRaw(terminal, response);
    return writeText(terminal, response);
  }
  const writer = createLogWriter(terminal, { raw: options.raw, times: options.times });
  const show = shownLines(terminal);
  for await (const line of readLines(client, log, part)) {
    if (out.json) out.record({ job: job.id, name: job.name, ...line });
    else if (options.times || options.raw) await writer.text(`${line.text}\n`, line.time);
    else await write(terminal, show(`${line.text}\n`));
  }
  await writer.end();
}

async function writeRaw(terminal: Terminal, response: Response): Promise<void> {
  for await (const bytes of response.body ?? []) await write(terminal, bytes);
}

async function writeText(terminal: Terminal, response: Response): Promise<void> {
  const decoder = new TextDecoder();
  const show = shownLines(terminal);
  for await (const bytes of response.body ?? [])
    await write(terminal, show(decoder.decode(bytes, { stream: true })));
  const rest = decoder.decode();
  await write(terminal, show(rest) + show('\n', true));
}

/** Lines of a log as they are shown: safe, and with the marks of groups and messages in words. */
function shownLines(terminal: Terminal): (text: string, last?: boolean) => string {
  const output = createStepOutput(createLogFilter({ colours: terminal.colours }));
  const groups = createGroups({
    folded: false,
    paint: terminal.paint,
    triangle: terminal.unicode ? '▸' : '>',
  });
  return (text, last = false) => {
    const lines = last ? output.end() : output.take(text);
    return lines
      .flatMap((line) => groups.show(readLogLine(line)))
      .map((line) => `${line}\n`)
      .join('');
  };
}

async function write({ stdout }: Terminal, data: string | Uint8Array): Promise<void> {
  if (data.length > 0 && !stdout.write(data)) await once(stdout, 'drain');
}
