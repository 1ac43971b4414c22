/** What a byte may begin outside of quotes and comments. */
export const classOf = {
  other: 0,
  space: 1,
  word: 2,
  quote: 3,
  doubleQuote: 4,
  dollar: 5,
  dash: 6,
  slash: 7,
  open: 8,
  close: 9,
  semicolon: 10,
  backslash: 11,
} as const;

/** The class of each byte. */
export const byteClass = classify();

function classify(): Uint8Array {
  const classes = new Uint8Array(256);
  for (const space of ' \t\n\r\f\v') classes[space.charCodeAt(0)] = classOf.space;
  for (let byte = 0; byte < 256; byte += 1) if (beginsWord(byte)) classes[byte] = classOf.word;
  for (const [character, kind] of [
    ["'", classOf.quote],
    ['"', classOf.doubleQuote],
    ['$', classOf.dollar],
    ['-', classOf.dash],
    ['/', classOf.slash],
    ['(', classOf.open],
    [')', classOf.close],
    [';', classOf.semicolon],
    ['\\', classOf.backslash],
  ] as const) {
    classes[character.charCodeAt(0)] = kind;
  }
  return classes;
}

function beginsWord(byte: number): boolean {
  return /[a-z_]/i.test(String.fromCharCode(byte)) || byte >= 0x80;
}

const dollar = 36;
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** Where a word ends that begins at `at`: names may hold digits and dollar signs. */
export function endOfWord(bytes: Buffer, at: number): number {
  let end = at + 1;
  for (; end < bytes.length; end += 1) {
    const byte = bytes[end] ?? 0;
    if (byteClass[byte] !== classOf.word && byte !== dollar && !isDigit(byte)) break;
  }
  return end;
}

/** Where `$tag$` ends that begins at `at`; `none` when it is none, `more` when the bytes end before it is known. */
export function endOfDollarTag(bytes: Buffer, at: number): number | 'none' | 'more' {
  if (isDigit(bytes[at + 1])) return 'none';
  for (let end = at + 1; end < bytes.length; end += 1) {
    const byte = bytes[end] ?? 0;
    if (byte === dollar) return end + 1;
    if (byteClass[byte] !== classOf.word && !isDigit(byte)) return 'none';
  }
  return 'more';
}
