// What a terminal obeys instead of showing: C0 and C1 controls except tab and line feed.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
// Whole sequences (ECMA-48): CSI …; OSC, DCS, SOS, PM, APC … up to ST or BEL; and the two-character ones.
const sequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\n\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;
// Marks that reorder what follows, so that a text reads as something else (CVE-2021-42574).
const reordering = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text of others without anything that a terminal obeys. Tabs and line feeds stay. */
export function plainText(text: string): string {
  return text.replace(sequences, '').replace(controls, '').replace(reordering, '');
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}

/** `plainText` for every string of a document. */
export function plainDocument<T>(document: T): T {
  return plainValue(document) as T;
}

function plainValue(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [plainText(key), plainValue(each)]));
}

/** JSON whose strings are exact and that is still safe to show: what a terminal obeys is written as \u…. */
export function safeJson(value: unknown, indent?: number): string {
  const escaped = (text: string) =>
    text.replace(/./gsu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const text = JSON.stringify(value, undefined, indent) ?? 'null';
  return text.replace(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, escaped);
}
