/** A text with its references replaced, that still knows how it was written. */
export interface Expanded {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

interface Piece {
  readonly text: string;
  /** What stands in the file: a reference instead of its value, which no message may show. */
  readonly written: string;
}

/** What a reference such as `${NAME}` stands for, or undefined. */
export type ReferenceValue = (reference: string) => string | undefined;

/** `$${` is a literal `${`; a `${` that is not closed is found too, as a mistake. */
const marks = /\$\$\{|\$\{[^}]*\}?/g;
const referenceForm = /^\$\{([A-Za-z_][A-Za-z0-9_]*|file:\/[^\0}]+)\}$/;

/** Longer than any text of a fixture; what references stand for may repeat, and must not fill the memory. */
const longestText = 64 * 1024;

/** The references of a text, each as it is written. */
export function referencesOf(text: string): string[] {
  if (!text.includes('${')) return [];
  return (text.match(marks) ?? []).filter((mark) => referenceForm.test(mark));
}

/** Replaces the references of a text. What they stand for is not looked at again. */
export function expand(written: string, value: ReferenceValue): Expanded | { problems: string[] } {
  if (!written.includes('${')) return { text: written, pieces: [{ text: written, written }] };
  const pieces: Piece[] = [];
  const problems: string[] = [];
  let end = 0;
  for (const { 0: mark, index } of written.matchAll(marks)) {
    pieces.push(literal(written.slice(end, index)));
    end = index + mark.length;
    if (mark === '$${') pieces.push({ text: '${', written: mark });
    else if (!referenceForm.test(mark)) problems.push(noReference);
    else {
      const text = value(mark);
      if (text === undefined) problems.push(unresolved(mark));
      else pieces.push({ text, written: mark });
    }
  }
  pieces.push(literal(written.slice(end)));
  const length = pieces.reduce((sum, { text }) => sum + text.length, 0);
  if (length > longestText) problems.push(tooLong);
  if (problems.length > 0) return { problems: [...new Set(problems)] };
  return { text: pieces.map(({ text }) => text).join(''), pieces };
}

/** The characters from `start` to `end` of the text, with references instead of their values. */
export function writtenSlice({ pieces }: Expanded, start: number, end: number): string {
  let shown = '';
  let offset = 0;
  for (const { text, written } of pieces) {
    const from = Math.max(start, offset);
    const to = Math.min(end, offset + text.length);
    if (from < to) shown += text === written ? text.slice(from - offset, to - offset) : written;
    offset += text.length;
  }
  return shown;
}

const literal = (text: string): Piece => ({ text, written: text });

const noReference =
  'has a `${` that is no reference: `${NAME}` is an environment variable, `${file:/abs/path}` a file; ' +
  'write `$${` for `${` itself';

const tooLong = `has more than ${longestText} characters with what its references stand for`;

function unresolved(reference: string): string {
  const name = reference.slice(2, -1);
  return name.startsWith('file:')
    ? `refers to the file \`${name.slice('file:'.length)}\`, which cannot be read`
    : `refers to the environment variable \`${name}\`, which is not set`;
}
