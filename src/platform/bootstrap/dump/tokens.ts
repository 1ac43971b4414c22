/** A word in lower case, a quoted name or string without its quotes, or a single sign. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'sign';
  readonly text: string;
}

const token =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|(?<word>[a-z_\u0080-\uffff][\w$\u0080-\uffff]*)|"(?<name>(?:[^"]|"")*)"|'(?<string>(?:[^']|'')*)'|\$(?<tag>[a-z_]*\w*)\$[\s\S]*?\$\k<tag>\$|(?<sign>[\s\S])/iy;

/**
 * The tokens of a statement, one by one: few are needed to know what a statement is. What is said of statements by
 * their tokens is about commands of one line, as pg_dump writes them.
 */
export function* tokensOf(statement: string): Generator<Token, undefined> {
  const scan = new RegExp(token);
  for (;;) {
    const groups = scan.exec(statement)?.groups;
    if (groups === undefined) return undefined;
    const { word, name, string, sign } = groups;
    if (word !== undefined) yield { kind: 'word', text: word.toLowerCase() };
    else if (name !== undefined) yield { kind: 'name', text: name.replaceAll('""', '"') };
    else if (string !== undefined) yield { kind: 'string', text: string.replaceAll("''", "'") };
    else if (sign !== undefined) yield { kind: 'sign', text: sign };
  }
}
