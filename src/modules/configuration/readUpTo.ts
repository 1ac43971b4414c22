import type { FileHandle } from 'node:fs/promises';

/** The first bytes of a file: all of them when it has fewer. */
export async function readUpTo(file: FileHandle, most: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(most);
  let end = 0;
  while (end < most) {
    const { bytesRead } = await file.read(bytes, end, most - end);
    if (bytesRead === 0) break;
    end += bytesRead;
  }
  return bytes.subarray(0, end);
}
