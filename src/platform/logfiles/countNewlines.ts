/**
 * How many line feeds are in `bytes`, four bytes at a time: a word with a zero byte is found by the carry that
 * adding 0x7f to each of its bytes makes (H. Warren, "Hacker's Delight", 6-1).
 */
export function countNewlines(bytes: Uint8Array): number {
  if (bytes.length < 8) return countOneByOne(bytes, 0, bytes.length);
  const head = -bytes.byteOffset & 3;
  const words = (bytes.length - head) >>> 2;
  const tail = head + words * 4;
  return (
    countOneByOne(bytes, 0, head) +
    countInWords(new Uint32Array(bytes.buffer, bytes.byteOffset + head, words)) +
    countOneByOne(bytes, tail, bytes.length)
  );
}

function countOneByOne(bytes: Uint8Array, from: number, end: number): number {
  let count = 0;
  for (let i = from; i < end; i += 1) if (bytes[i] === 10) count += 1;
  return count;
}

function countInWords(words: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < words.length; i += 1) {
    const zeroWhereNewline = (words[i] as number) ^ 0x0a0a0a0a;
    const carried = (zeroWhereNewline & 0x7f7f7f7f) + 0x7f7f7f7f;
    const found = ~(carried | zeroWhereNewline | 0x7f7f7f7f);
    if (found !== 0) count += Math.imul(found >>> 7, 0x01010101) >>> 24;
  }
  return count;
}
