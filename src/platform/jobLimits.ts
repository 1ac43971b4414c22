import { AppError } from './errors.ts';
import { byteSizeOf } from './text/byteSize.ts';

/** The most that one job may have on a machine that runs it; undefined: what is usual there. */
export interface JobLimitSettings {
  readonly processes: number | undefined;
  readonly memoryBytes: number | undefined;
  readonly diskBytes: number | undefined;
  readonly logBytes: number | undefined;
}

type Name = 'processes' | 'memory' | 'disk' | 'log';

/** Reads them as they were written; invalid_input names what is wrong, by the name that `call` gives it. */
export function readJobLimits(
  written: Readonly<Partial<Record<Name, string | undefined>>>,
  call: (name: Name) => string,
): JobLimitSettings {
  return {
    processes: countOf(call('processes'), written.processes),
    memoryBytes: sizeOf(call('memory'), written.memory),
    diskBytes: sizeOf(call('disk'), written.disk),
    logBytes: sizeOf(call('log'), written.log),
  };
}

/** Linux knows no greater process id. */
const mostProcesses = 4_194_304;

function countOf(name: string, text: string | undefined): number | undefined {
  if (!text) return undefined;
  if (/^[1-9]\d{0,6}$/.test(text) && Number(text) <= mostProcesses) return Number(text);
  throw new AppError(
    'invalid_input',
    `${name} is "${text}"; it takes a number of processes from 1 to ${mostProcesses}`,
  );
}

const sizeOf = (name: string, text: string | undefined): number | undefined =>
  text ? byteSizeOf(name, text) : undefined;
