import { open } from 'node:fs/promises';

/** Writes a file of so many bytes: the block again and again, the last time as much of it as is missing. */
export async function fillFile(path: string, block: Buffer, sizeBytes: number): Promise<void> {
  const file = await open(path, 'w');
  for (let written = 0; written < sizeBytes; ) {
    const part = block.subarray(0, Math.min(block.length, sizeBytes - written));
    await file.write(part);
    written += part.length;
  }
  await file.close();
}
