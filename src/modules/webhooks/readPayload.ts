import { AppError } from '../../platform/errors.ts';
import { isObject } from './json.ts';
import { formPayload, formType } from './verify.ts';

/** Far above what GitHub sends for 2,000 commits; beyond it, little text would become much memory. */
const deepest = 100;
const mostValues = 2_000_000;

/** The payload of a body, which PostgreSQL can store: characters that are none are replaced. Throws `invalid_input` and says why. */
export function readPayload(contentType: string, body: Buffer): Record<string, unknown> {
  const text = contentType === formType ? formPayload(body) : body;
  if (text === undefined) throw unreadable('the form has no field "payload"');
  assertModest(text);
  const payload = parse(text);
  if (!isObject(payload)) throw unreadable('the body is JSON, and no object');
  return storable(payload) as Record<string, unknown>;
}

const unreadable = (message: string, cause?: unknown): AppError =>
  new AppError('invalid_input', message, {}, { cause });

/** Counts without making anything of it, because that is what has to be prevented. */
function assertModest(text: Buffer): void {
  let [depth, values] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === quote) at = endOfText(text, at);
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
    else if (byte === comma) values += 1;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      values += 1;
    }
    if (depth > deepest) throw unreadable(`the body is nested more than ${deepest} deep`);
    if (values > mostValues)
      throw unreadable(`the body has more than ${mostValues.toLocaleString('en')} values`);
  }
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];

/** Where the text that begins at a quotation mark ends. */
function endOfText(text: Buffer, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === backslash) at += 1;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

function parse(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch (error) {
    throw unreadable(`the body is no JSON: ${storableText((error as Error).message).slice(0, 200)}`, error);
  }
}

const replacement = '\ufffd';

/** PostgreSQL takes neither NUL characters nor halves of surrogate pairs, in keys as in values. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [storableText(key), storable(held)]));
}

export const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', replacement);
