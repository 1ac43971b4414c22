/** The text of UTF-8 bytes, with its byte order mark; else what can be read of it, and what is wrong there. */
export function decodeUtf8(bytes: Uint8Array): { text: string } | { validText: string; problem: string } {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { validText: '', problem: 'the file is UTF-16; save it as UTF-8' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    return { validText: validPrefix(bytes), problem: 'the file is not UTF-8 from here on; save it as UTF-8' };
  }
}

/** The text up to the first byte that is not UTF-8: where reading it leniently changes the bytes. */
function validPrefix(bytes: Uint8Array): string {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const again = new TextEncoder().encode(lenient);
  const broken = again.findIndex((byte, index) => byte !== bytes[index]);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, broken), { stream: true });
}
