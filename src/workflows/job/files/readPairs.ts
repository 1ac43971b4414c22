/** A file command that cannot be read; the message names the line. */
export class PairsError extends Error {}

/**
 * Reads `NAME=value` and `NAME<<DELIMITER` … `DELIMITER` of the files that steps write, as actions/runner does.
 * Lines end with LF or CRLF; the lines of a value keep their ends, but for the last. Throws `PairsError`.
 */
export function readPairs(text: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  const lines = new Lines(text);
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (heredoc !== -1 && (equals === -1 || heredoc < equals)) pairs.push(readHeredoc(line, heredoc, lines));
    else if (equals > 0) pairs.push([line.slice(0, equals), line.slice(equals + 1)]);
    else
      throw new PairsError(`line ${lines.number}: ${quote(line)} is neither NAME=value nor NAME<<DELIMITER`);
  }
  return pairs;
}

function readHeredoc(line: string, at: number, lines: Lines): [string, string] {
  const { number } = lines;
  const name = line.slice(0, at);
  const delimiter = line.slice(at + 2);
  if (name === '' || delimiter === '')
    throw new PairsError(`line ${number}: ${quote(line)} lacks ${name === '' ? 'a name' : 'a delimiter'}`);
  const start = lines.at;
  let end = start;
  for (let inner = lines.next(); inner !== delimiter; inner = lines.next()) {
    if (inner === undefined)
      throw new PairsError(
        `line ${number}: the value of ${quote(name)} never ends: no later line is ${quote(delimiter)} alone`,
      );
    end = lines.endOfText;
  }
  return [name, lines.text.slice(start, end)];
}

class Lines {
  readonly text: string;
  at = 0;
  number = 0;
  /** Where the text of the last line ended, without its line end. */
  endOfText = 0;

  constructor(text: string) {
    this.text = text;
  }

  next(): string | undefined {
    if (this.at >= this.text.length) return undefined;
    const newline = this.text.indexOf('\n', this.at);
    const end = newline === -1 ? this.text.length : newline;
    const start = this.at;
    this.endOfText = newline > start && this.text[end - 1] === '\r' ? end - 1 : end;
    this.at = newline === -1 ? end : end + 1;
    this.number += 1;
    return this.text.slice(start, this.endOfText);
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
