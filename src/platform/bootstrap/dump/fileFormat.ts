/** How a file can be read by its first bytes: as it is, through gzip, or why not. */
export type FileFormat =
  | { readonly kind: 'text' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** As many bytes as tell all formats apart. */
export const magicBytes = 512;

const asText = 'write it as SQL: pg_restore -f dump.sql FILE';
const unpackFirst = (program: string) =>
  `is compressed by ${program}. Decompress it first: ${program} -dc FILE | slipway bootstrap --schema -`;
const utf16 =
  'is UTF-16 text, as PowerShell writes it with ">". Make it again with: pg_dump -f dump.sql, or convert it: iconv -f UTF-16 -t UTF-8';

const unreadable: readonly (readonly [magic: readonly number[], offset: number, reason: string])[] = [
  [[...Buffer.from('PGDMP')], 0, `is in pg_dump's custom format (-Fc), which is no SQL; ${asText}`],
  [[...Buffer.from('ustar')], 257, `is a tar archive, perhaps of pg_dump (-Ft); ${asText}`],
  [[0xff, 0xfe], 0, utf16],
  [[0xfe, 0xff], 0, utf16],
  [[0x28, 0xb5, 0x2f, 0xfd], 0, unpackFirst('zstd')],
  [[0xfd, ...Buffer.from('7zXZ')], 0, unpackFirst('xz')],
  [[...Buffer.from('BZh')], 0, unpackFirst('bzip2')],
  [[0x04, 0x22, 0x4d, 0x18], 0, unpackFirst('lz4')],
  [[...Buffer.from('PK\u0003\u0004')], 0, 'is a zip archive. Unpack it first'],
];

const gzip = [0x1f, 0x8b];

/** Looks at the first bytes of a file, not at its name. */
export function formatOf(head: Buffer): FileFormat {
  if (head.length === 0) return { kind: 'unreadable', reason: 'is empty. Make the dump again' };
  if (hasAt(head, gzip, 0)) return { kind: 'gzip' };
  const reason = unreadable.find(([magic, offset]) => hasAt(head, magic, offset))?.[2];
  if (reason !== undefined) return { kind: 'unreadable', reason };
  if (looksLikeUtf16(head)) return { kind: 'unreadable', reason: utf16 };
  if (head.includes(0)) return { kind: 'unreadable', reason: 'is no text: it has zero bytes' };
  return { kind: 'text' };
}

const hasAt = (head: Buffer, magic: readonly number[], offset: number): boolean =>
  magic.every((byte, index) => head[offset + index] === byte);

/** Without a byte order mark: SQL begins with ASCII, whose other byte is zero. */
const looksLikeUtf16 = (head: Buffer): boolean =>
  head.length >= 2 && (head[0] === 0) !== (head[1] === 0) && (head[2] === 0) === (head[0] === 0);
