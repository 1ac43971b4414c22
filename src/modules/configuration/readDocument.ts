import { LineCounter, parseDocument } from 'yaml';
import { decodeUtf8 } from '../../platform/text/decodeUtf8.ts';
import { locate } from './locate.ts';
import type { Located } from './located.ts';
import { type Finding, inText } from './problem.ts';
import { syntaxFinding } from './syntaxFinding.ts';

/** The largest file that is read; 10,000 projects take a little over 1 MiB. */
export const maxFileBytes = 16 * 1024 * 1024;

/** A file as values that know their place; `root` is absent when the file is not YAML at all. */
export interface ReadDocument {
  root: Located | null;
  findings: Finding[];
  lineAndColumn(offset: number): { line: number; column: number };
}

/** Reads the bytes or the text of a YAML file. What is wrong with it is found, not thrown. */
export function readDocument(source: string | Uint8Array): ReadDocument {
  const size = typeof source === 'string' ? Buffer.byteLength(source) : source.byteLength;
  if (size > maxFileBytes)
    return unreadable('', 0, `the file has ${size} bytes; at most ${maxFileBytes} are read`);
  const decoded = typeof source === 'string' ? { text: source } : decodeUtf8(source);
  if ('problem' in decoded) return unreadable(decoded.validText, decoded.validText.length, decoded.problem);
  const { text } = decoded;
  if (text.startsWith('\uFEFF')) {
    return unreadable(text, 0, 'the file starts with a byte order mark; save it as UTF-8 without BOM');
  }
  const control = findControlCharacter(text);
  if (control !== null) return unreadable(text, control.offset, control.message);
  return readText(text);
}

function readText(text: string): ReadDocument {
  // Keys are compared in `locate`: the library compares each with each, which takes minutes for a hostile file.
  const document = parseDocument(text, {
    uniqueKeys: false,
    prettyErrors: false,
    schema: 'core',
    version: '1.2',
  });
  const lineAndColumn = lookup(text);
  const errors = [...document.errors, ...document.warnings].map(syntaxFinding);
  if (document.errors.length > 0)
    return { root: null, findings: firstOfEachLine(errors, lineAndColumn), lineAndColumn };
  const yaml = document.directives?.yaml;
  if (yaml?.explicit && yaml.version !== '1.2') {
    return unreadable(text, 0, `YAML ${yaml.version} reads some values differently; remove the %YAML line`);
  }
  if (document.contents === null) {
    return unreadable(
      text,
      0,
      'the file is empty; see slipway.example.yml and fixtures.example.yml for what may stand in it',
    );
  }
  const located = locate(document.contents);
  return { root: located.root, findings: [...errors, ...located.findings], lineAndColumn };
}

function unreadable(text: string, offset: number, message: string): ReadDocument {
  return { root: null, findings: [inText(offset, message)], lineAndColumn: lookup(text) };
}

/** Finds the line and the column of an offset. */
export function lookup(text: string): ReadDocument['lineAndColumn'] {
  const lines = new LineCounter();
  for (let start = 0; start !== -1; start = nextLine(text, start)) lines.addNewLine(start);
  return (offset) => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line, column: col };
  };
}

function nextLine(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  return newline === -1 ? -1 : newline + 1;
}

function findControlCharacter(text: string): { offset: number; message: string } | null {
  const offset = text.search(/[^\t\n\r\x20-\x7E\x80-\uFFFF]/);
  if (offset === -1) return null;
  const name = `U+${text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0')}`;
  return {
    offset,
    message: `the control character ${name} cannot stand in YAML; write it as an escape in double quotes`,
  };
}

/** The parser reports what follows from a mistake too; the first of a line is the mistake. */
function firstOfEachLine(
  findings: readonly Finding[],
  lineAndColumn: ReadDocument['lineAndColumn'],
): Finding[] {
  const byLine = new Map<number, Finding>();
  for (const finding of findings) {
    const { line } = lineAndColumn(finding.offset);
    if (!byLine.has(line)) byLine.set(line, finding);
  }
  return [...byLine.values()];
}
