import type { Readable } from 'node:stream';
import { AppError } from '../../platform/errors.ts';

/** The head of a CGI answer (RFC 3875, 6.3). */
export interface CgiHead {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
}

const maxHeadBytes = 16 * 1024;

/** Reads the head from `output`, which then goes on with the body. Throws `unavailable` when it ends before. */
export async function readCgiHead(output: Readable): Promise<CgiHead> {
  let read = Buffer.alloc(0);
  for await (const chunk of output.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    read = Buffer.concat([read, chunk]);
    const end = read.indexOf('\r\n\r\n');
    if (end === -1 && read.length > maxHeadBytes) break;
    if (end === -1) continue;
    output.unshift(read.subarray(end + 4));
    return parseHead(read.subarray(0, end).toString('latin1'));
  }
  throw new AppError('unavailable', 'git ended before it answered; the log of Slipway says more');
}

function parseHead(text: string): CgiHead {
  const headers = text.split('\r\n').flatMap((line) => {
    const [, name, value] = /^([\w-]+): *(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value] as const];
  });
  const status = headers.find(([name]) => name === 'status')?.[1] ?? '200';
  return { status: Number.parseInt(status, 10), headers: headers.filter(([name]) => name !== 'status') };
}
