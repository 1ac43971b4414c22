import { chmod, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryDump, readDump } from '../../../../test/harness/dumps.ts';
import { type DumpSource, fileDump } from './dumpSource.ts';
import { openDump } from './openDump.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-dumps-'));
});

afterAll(() => rm(directory, { recursive: true }));

async function countPieces(source: DumpSource): Promise<number> {
  const dump = await openDump(source);
  let count = 0;
  for await (const pieces of dump.pieces()) count += pieces.length;
  await dump.close();
  return count;
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

test.each<[string, Buffer | string, RegExp]>([
  ['an empty file', '', /^dump\.sql is empty\. Make the dump again$/],
  ['an empty file by gzip', gzipSync(''), /^dump\.sql is empty/],
  [
    'the custom format',
    'PGDMP\u0001\u000e',
    /custom format \(-Fc\), which is no SQL; write it as SQL: pg_restore -f dump\.sql/,
  ],
  ['the custom format by gzip', gzipSync('PGDMP\u0001\u000e'), /custom format/],
  ['a tar archive', `toc.dat${'\0'.repeat(250)}ustar\0`, /tar archive/],
  [
    'UTF-16 with a mark',
    Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('select 1;')]),
    /UTF-16 .*PowerShell/,
  ],
  ['UTF-16 without one', utf16('select 1;'), /UTF-16/],
  ['UTF-16 the other way round', utf16('select 1;').swap16(), /UTF-16/],
  ['zeros', Buffer.alloc(100), /zero bytes/],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0]), /compressed by zstd\. Decompress it first: zstd -dc/],
  ['xz', Buffer.from([0xfd, ...Buffer.from('7zXZ'), 0]), /compressed by xz/],
  ['gzip twice', gzipSync(gzipSync('select 1;')), /by gzip twice/],
])('%s is refused by name, whatever the file is called', async (_, bytes, message) => {
  await expect(openDump(memoryDump(bytes))).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringMatching(message),
  });
});

test('a byte order mark is left out, and told', async () => {
  const dump = await openDump(memoryDump('\ufeffselect 1;'));
  expect(dump.notes).toEqual(['dump.sql begins with a byte order mark; it was left out']);
  const pieces = [];
  for await (const group of dump.pieces()) pieces.push(...group);
  expect(pieces).toMatchObject([{ kind: 'statement', place: { line: 1, column: 1 } }]);
});

test('gzip that was cut off or damaged', async () => {
  const packed = gzipSync(await readDump('pg15.sql'));
  const cut = memoryDump(packed.subarray(0, packed.length - 100));
  await expect(countPieces(cut)).rejects.toThrow('dump.sql is cut off: its gzip data end too early');
  const damaged = Buffer.from(packed).fill(0xaa, 5000, 5100);
  await expect(countPieces(memoryDump(damaged))).rejects.toThrow('dump.sql is damaged');
});

test('several gzip members are one dump', async () => {
  const whole = Buffer.concat([gzipSync('select 1;\n'), gzipSync('select 2;\n')]);
  expect(await countPieces(memoryDump(whole))).toBe(3);
});

test('a dump that ends between two statements is known to be cut off by its missing last line', async () => {
  const text = await readDump('pg12.sql');
  const between = text.indexOf('ALTER TABLE ONLY public.berths\n    ADD CONSTRAINT');
  await expect(countPieces(memoryDump(text.slice(0, between)))).rejects.toThrow(
    /^dump\.sql is cut off: .*dump complete/,
  );
  await expect(
    countPieces(memoryDump(`${text}\n\\unrestrict x\n-- appended\nselect 1;`)),
  ).resolves.toBeGreaterThan(0);
});

test('files that are not there, not files, or not ours to read', async () => {
  await expect(fileDump(join(directory, 'none.sql'))).rejects.toThrow(/^there is no file .*none\.sql$/);
  await expect(fileDump(directory)).rejects.toThrow(/is a directory\. .*pg_restore/);
});

test.skipIf(process.geteuid?.() === 0)('a file of somebody else', async () => {
  const path = join(directory, 'closed.sql');
  await writeFile(path, 'select 1;');
  await chmod(path, 0);
  await expect(openDump(await fileDump(path))).rejects.toThrow(/may not be read by this user/);
});

test('a file that shrinks or vanishes meanwhile is not taken for the whole', async () => {
  const path = join(directory, 'shrinks.sql');
  await writeFile(path, 'select 1;\n'.repeat(1000));
  const source = await fileDump(path);
  await truncate(path, 5000);
  await expect(countPieces(source)).rejects.toThrow(
    `${path} changed while it was read: it had 10000 bytes, and 5000 could be read. Try again when it is complete`,
  );
  const vanishing = await fileDump(path);
  await rm(path);
  await expect(openDump(vanishing)).rejects.toThrow(`there is no file ${path}`);
});
