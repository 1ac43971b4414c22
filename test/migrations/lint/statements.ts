import { DumpReader } from '../../../src/platform/bootstrap/dump/dumpReader.ts';
import type { Statement } from '../../../src/platform/bootstrap/dump/piece.ts';

/** A statement of a migration, in the form in which rules look at it. */
export interface MigrationStatement {
  line: number;
  /**
   * In lower case and with single spaces, around parentheses and commas too; without comments, and without what
   * stands in strings (`''`) and bodies (`$$`).
   */
  text: string;
  /** What `-- blocks: …` directly above it says; undefined when nothing does. */
  excuse: string | undefined;
}

/** Cuts a migration into its statements. Throws `invalid_input` with the place of what is not closed. */
export function readStatements(name: string, sql: string): MigrationStatement[] {
  const reader = new DumpReader(name);
  const pieces = [...reader.push(Buffer.from(sql)), ...reader.end()];
  return pieces
    .filter((piece) => piece.kind === 'statement')
    .map(({ raw, start, end, place }: Statement) => ({
      line: place.line,
      text: normalise(raw.toString('utf8', start, end)),
      excuse: excuseIn(raw.toString('utf8', 0, start)),
    }));
}

const insignificant =
  /--[^\n]*|\/\*[\s\S]*?\*\/|(?<string>e'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*')|(?<body>\$(\w*)\$[\s\S]*?\$\3\$)|(?<name>"(?:[^"]|"")*")|(?<sign>[(),])|[^'"$(),/-]+|[\s\S]/gi;

function normalise(statement: string): string {
  return statement
    .replace(insignificant, (text, ...rest) => {
      const { string, body, name, sign } = rest.at(-1) as Record<string, string | undefined>;
      if (string !== undefined) return "''";
      if (body !== undefined) return '$$';
      if (name !== undefined) return name;
      if (sign !== undefined) return ` ${sign} `;
      return text.startsWith('--') || text.startsWith('/*') ? ' ' : text.toLowerCase();
    })
    .replace(/\s+/g, ' ')
    .replace(/[ ;]+$/, '');
}

/** The reason in the comment lines that end right above the statement. */
function excuseIn(before: string): string | undefined {
  const lines = before.split('\n').slice(0, -1).reverse();
  const gap = lines.findIndex((line) => !line.trim().startsWith('--'));
  const comment = gap < 0 ? lines : lines.slice(0, gap);
  return comment
    .map((line) => /^\s*--\s*blocks:(.*)$/.exec(line)?.[1]?.trim())
    .find((text) => text !== undefined);
}

/** Cuts at commas outside of parentheses. */
export function splitList(text: string): string[] {
  const items = [''];
  let depth = 0;
  for (const word of text.split(' ')) {
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    if (word === ',' && depth === 0) items.push('');
    else items.push(`${items.pop()} ${word}`);
  }
  return items.map((item) => item.trim());
}

/** A pattern that begins like a statement, with NAME for the name of a table or column. */
export function pattern(text: string): RegExp {
  return new RegExp(`^${text.replaceAll('NAME', '((?:"[^"]+"|[\\w$]+)(?:\\.(?:"[^"]+"|[\\w$]+))?)')}`);
}
