import { Composer, type CST, type Document, Parser, type ScalarTag, type YAMLError } from 'yaml';
import { yamlMessages } from '../../platform/text/yamlMessages.ts';
import { buildNode } from './buildNode.ts';
import { maxDepth, maxTextLength, type Problem } from './limits.ts';
import { type Lines, readLines } from './lines.ts';
import type { YamlNode } from './source.ts';

export interface ReadYaml {
  readonly lines: Lines;
  /** Null when it is not YAML, or nothing. */
  readonly root: YamlNode | null;
  readonly problems: readonly Problem[];
  /** Some of its values stand in it more than once. */
  readonly hasAliases: boolean;
}

/** Reads YAML 1.2 with places. What is wrong is listed; nothing that a text can hold throws. */
export function readYaml(source: string): ReadYaml {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const lines = readLines(text.slice(0, maxTextLength));
  const stop = (problem: Problem): ReadYaml => ({
    lines,
    root: null,
    problems: [problem],
    hasAliases: false,
  });
  const unreadable = findUnreadable(text);
  if (unreadable !== null) return stop(unreadable);
  const tokens = [...new Parser().parse(text)];
  const tooDeep = findTooDeep(tokens);
  if (tooDeep !== null) return stop(tooDeep);
  const [document, ...others] = compose(tokens, text.length);
  if (document === undefined) return stop(syntaxProblem('the file is empty', 0, 0));
  const found = firstOfEachLine([...document.errors, ...document.warnings].map(fromError), lines);
  if (others.length > 0) found.push(secondDocument(others[0]));
  const version = document.directives?.yaml;
  if (version?.explicit && version.version !== '1.2') {
    found.push(
      syntaxProblem(`YAML ${version.version} reads some values differently; remove the \`%YAML\` line`, 0, 5),
    );
  }
  if (found.length > 0 && document.errors.length > 0)
    return { lines, root: null, problems: found, hasAliases: false };
  if (document.contents === null) return stop(syntaxProblem('the file is empty', 0, 0));
  const built = buildNode(document.contents, lines);
  return { lines, root: built.node, problems: [...found, ...built.problems], hasAliases: built.hasAliases };
}

function findUnreadable(text: string): Problem | null {
  if (text.length > maxTextLength) {
    const message = `the file has ${text.length} characters; at most ${maxTextLength} are read`;
    return { rule: 'file-size', message, start: 0, end: 0 };
  }
  const offset = text.search(/[^\t\n\r\x20-\x7E\x85\xA0-\uFFFF]/);
  if (offset === -1) return null;
  const name = `U+${text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0')}`;
  const message = `the control character ${name} cannot stand in YAML; write it as an escape in double quotes`;
  return syntaxProblem(message, offset, offset + 1);
}

/** The composer calls itself for each level: what is too deep must not reach it. */
function findTooDeep(tokens: readonly CST.Token[]): Problem | null {
  const pending: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { token, depth } = next;
    if (depth > maxDepth + 1) {
      const message = `nested more than ${maxDepth} levels deep`;
      return { rule: 'nesting', message, start: token.offset, end: token.offset + 1 };
    }
    for (const inner of tokensIn(token)) pending.push({ token: inner, depth: depth + 1 });
  }
  return null;
}

function* tokensIn(token: CST.Token): Generator<CST.Token> {
  if (token.type === 'document' && token.value) yield token.value;
  if (!('items' in token)) return;
  for (const item of token.items) {
    if (item.key) yield item.key;
    if (item.value) yield item.value;
  }
}

function compose(tokens: Iterable<CST.Token>, length: number): Document.Parsed[] {
  // Keys are compared in `buildNode`: the library compares each with each, which takes minutes for a hostile file.
  const composer = new Composer({
    uniqueKeys: false,
    prettyErrors: false,
    schema: 'core',
    version: '1.2',
    resolveKnownTags: false,
    customTags: (tags) => [...tags, wholeFloat],
  });
  return [...composer.compose(tokens, true, length)];
}

/** `!!float 1`, which the library does not know. */
const wholeFloat: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: false,
  test: /^[-+]?[0-9]+$/,
  resolve: Number,
};

function fromError(error: YAMLError): Problem {
  return syntaxProblem(yamlMessages[error.code], error.pos[0], error.pos[1]);
}

function secondDocument(document: Document.Parsed | undefined): Problem {
  const start = document?.range[0] ?? 0;
  return syntaxProblem(yamlMessages.MULTIPLE_DOCS, start, start + 1);
}

function syntaxProblem(message: string, start: number, end: number): Problem {
  return { rule: 'syntax', message, start, end };
}

/** The parser reports what follows from a mistake too; the first of a line is the mistake. */
function firstOfEachLine(problems: readonly Problem[], lines: Lines): Problem[] {
  const byLine = new Map<number, Problem>();
  for (const problem of problems) {
    const { line } = lines.position(problem.start);
    if (!byLine.has(line)) byLine.set(line, problem);
  }
  return [...byLine.values()];
}
