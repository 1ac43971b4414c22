import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AppError, systemCode } from '../../../../platform/errors.ts';
import { readBody } from '../readBody.ts';
import type { Upload } from '../store/upload.ts';
import { parseRange } from './parseRange.ts';

/** What an address leads to. */
export type Blob =
  | { readonly kind: 'upload'; readonly upload: Upload }
  | {
      readonly kind: 'download';
      readonly file: string;
      readonly fileName: string;
      readonly mimeType: string;
    };

/**
 * The part of Azure's blob protocol that the official clients use: Put Block, Put Block List and Put Blob to upload,
 * Get Blob with ranges and Get Blob Properties to download.
 */
export async function answerBlob(
  grant: Blob,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('x-ms-version', request.headers['x-ms-version'] ?? '2025-01-05');
  if (grant.kind === 'download' && (request.method === 'GET' || request.method === 'HEAD'))
    return sendFile(grant, request, response);
  if (grant.kind === 'upload' && request.method === 'PUT') return receive(grant, url, request, response);
  throw new AppError('invalid_input', `${request.method} is not possible at this address`);
}

async function receive(
  { upload }: Extract<Blob, { kind: 'upload' }>,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const what = url.searchParams.get('comp');
  if (what === 'block') await upload.putBlock(url.searchParams.get('blockid') ?? '', request);
  else if (what === 'blocklist') await upload.commitBlocks(blockIds(await readBody(request, maxListBytes)));
  else if (what === null && request.headers['x-ms-blob-type'] === 'BlockBlob') await upload.putAll(request);
  else throw new AppError('invalid_input', `comp=${what ?? ''} is not known at this address`);
  const headers = { etag: `"${Date.now()}"`, 'last-modified': new Date().toUTCString() };
  response.writeHead(201, { ...headers, 'x-ms-request-server-encrypted': 'false' }).end();
}

/** Fifty thousand blocks, as many as Azure takes. */
const maxListBytes = 8 * 1024 * 1024;

/** Of `<BlockList><Latest>id</Latest>…</BlockList>`; ids are base64, so nothing in them is escaped. */
function blockIds(xml: string): string[] {
  return [...xml.matchAll(/<(Latest|Uncommitted|Committed)>([^<]*)<\/\1>/g)].map(([, , id = '']) =>
    id.trim(),
  );
}

async function sendFile(
  grant: Extract<Blob, { kind: 'download' }>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { size, mtime } = await stat(grant.file).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new AppError('not_found', 'it was deleted');
  });
  const range = parseRange(request.headers['x-ms-range'] ?? request.headers.range, size);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range === null ? 200 : 206, {
    'content-type': grant.mimeType,
    'content-length': end - start + 1,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(grant.fileName)}`,
    'accept-ranges': 'bytes',
    etag: `"${size}-${mtime.getTime()}"`,
    'last-modified': mtime.toUTCString(),
    'x-ms-blob-type': 'BlockBlob',
    ...(range === null ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }),
  });
  if (request.method === 'HEAD' || size === 0) response.end();
  else await pipeline(createReadStream(grant.file, { start, end }), response);
}
