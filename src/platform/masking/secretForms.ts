/**
 * A value shorter than this (in bytes, without the white space around it) is not masked: `1` or `abc` would
 * shred every log and tell a reader nothing new about where the secret stands.
 */
export const shortestSecretBytes = 4;

/** A line of a multi-line secret is masked by itself from this length on; shorter ones are `{` or `EOF`. */
const shortestLineBytes = 8;

/** Line lengths at which the usual tools wrap base64: `base64`, then `openssl` and PEM. */
const base64LineLengths = [76, 64];

/** Whether `createMasker` can hide this value; say so to the person who stores one that it cannot. */
export function isMaskable(secret: string): boolean {
  return Buffer.byteLength(secret.trim()) >= shortestSecretBytes;
}

/**
 * Every spelling in which a secret may reach a log: as it is, line by line, base64 and base64url at all three
 * alignments (so also inside a longer encoded text, as in `Authorization: Basic`), URI-encoded in both cases,
 * JSON-escaped once and twice, quoted for a shell, and in hex. Spellings that were cut up in other ways
 * (hex wrapped by `xxd`, base64 of a longer text wrapped in the middle) are beyond what a masker can know.
 */
export function secretForms(secret: string): Buffer[] {
  const forms = new Map<string, Buffer>();
  for (const value of meaningfulParts(secret)) {
    for (const form of [...textForms(value), ...binaryForms(Buffer.from(value))]) {
      const bytes = Buffer.from(form);
      if (bytes.length >= shortestSecretBytes) forms.set(form, bytes);
    }
  }
  return [...forms.values()];
}

function meaningfulParts(secret: string): string[] {
  if (!isMaskable(secret)) return [];
  const whole = secret.toWellFormed().trim();
  const lines = whole.split(/\r\n|\n|\r/).map((line) => line.trim());
  const longLines = lines.filter((line) => Buffer.byteLength(line) >= shortestLineBytes);
  return [whole, whole.replaceAll('\r\n', '\n'), ...longLines];
}

function textForms(value: string): string[] {
  return [value, ...uriForms(value), ...jsonForms(value), ...shellForms(value)];
}

function uriForms(value: string): string[] {
  const component = encodeURIComponent(value);
  const strict = component.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams([['', value]]).toString().slice(1);
  const upper = [encodeURI(value), component, strict, component.replaceAll('%2F', '/'), form];
  return [...upper, ...upper.map((text) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

function jsonForms(value: string): string[] {
  const plain = JSON.stringify(value).slice(1, -1);
  const ascii = plain.replace(/[\u007f-\uffff]/g, unicodeEscape);
  const html = plain.replace(/[<>&]/g, unicodeEscape);
  const once = [plain, ascii, html, plain.replaceAll('/', '\\/'), ascii.replaceAll('/', '\\/')];
  return [...once, ...once.map((text) => JSON.stringify(text).slice(1, -1))];
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function shellForms(value: string): string[] {
  return [
    value.replaceAll("'", "'\\''"),
    value.replaceAll("'", `'"'"'`),
    value.replace(/["$`\\]/g, '\\$&'),
    value.replace(/["$`\\!]/g, '\\$&'),
    value.replace(/[^\w@%+=:,./\u0080-\uffff-]/g, '\\$&'),
    JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'"),
  ];
}

function binaryForms(bytes: Buffer): string[] {
  const hex = bytes.toString('hex');
  return [hex, hex.toUpperCase(), ...base64Forms(bytes)];
}

function base64Forms(bytes: Buffer): string[] {
  const aligned = [0, 1, 2].map((before) => base64Core(bytes, before));
  const wrapped = base64LineLengths.flatMap((length) => linesOf(aligned[0] ?? '', length));
  const standard = [...aligned, ...wrapped];
  return [...standard, ...standard.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** The characters that depend on the secret alone when `before` other bytes precede it in its group of three. */
function base64Core(bytes: Buffer, before: number): string {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const first = Math.ceil((before * 8) / 6);
  const end = Math.floor(((before + bytes.length) * 8) / 6);
  return encoded.slice(first, end);
}

function linesOf(text: string, length: number): string[] {
  if (text.length <= length) return [];
  return Array.from({ length: Math.ceil(text.length / length) }, (_, i) =>
    text.slice(i * length, (i + 1) * length),
  );
}
