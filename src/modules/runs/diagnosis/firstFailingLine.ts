import { stripVTControlCharacters } from 'node:util';

/** Lines by which programs say what is wrong, the plainest kinds first. Of the first kind that is there, the first line counts. */
const kinds: readonly RegExp[] = [
  // Workflow commands: somebody took care to say it.
  /^(?:##\[error\]|::error(?: [^:]*)?::)(?<text>.+)/,
  // Compilers and linters: file:line:column: error: …, and file(12,3): error TS2345: …
  /^(?<text>\s*[^\s:()][^:()]*(?::\d+(?::\d+)?|\(\d+(?:,\d+)?\)):? (?:fatal )?error\b.*)/i,
  /^(?<text>error(?:\[\w+\])?: .+)/,
  // Test runners: TAP, node, mocha, jest, vitest, go, pytest, rust, dotnet.
  /^\s*(?<text>not ok \d+\b(?!.*# (?:todo|skip)).*)/i,
  /^\s*(?<text>--- FAIL: .+)/,
  /^\s*(?<text>(?:✖|✗|✘|×|✕|●) (?!failing tests:).+)/,
  /^(?<text>FAILED .+|FAIL[: ]+\S.*|E {2,}\S.*)/,
  /^(?<text>test \S+ \.\.\. FAILED.*)/,
  // Exceptions and what ends a program.
  /^\s*(?<text>(?:Uncaught )?[\w.$]*(?:Error|Exception)(?: \[\w+\])?: .+)/,
  /^(?<text>(?:panic|fatal|FATAL|Fatal error)\b: .+)/,
  /^(?<text>[^\s:]+: (?:line \d+: )?.*(?:not found|No such file or directory|Permission denied|cannot execute).*)/,
  /^\s*(?<text>(?:ERROR|error|Error)\b.+)/,
];

/** What only says that something before it failed. */
const noise =
  /^(?:npm (?:ERR!|error)|make(?:\[\d+\])?: \*\*\*|error Command failed|Process completed with exit code|##\[(?:endgroup|group|debug|command)\]|✗ |Error: Process completed)/;

const longest = 300;

/**
 * The line of a failing step's output that says what is wrong, without colours; null where there is none. Pure.
 * Without a line of a known kind it is the last one.
 */
export function firstFailingLine(lines: readonly string[]): string | null {
  const plain = lines.map((line) => stripVTControlCharacters(line.replace(/^.*\r(?!$)/s, '')).trimEnd());
  const told = plain.filter((line) => line.trim() !== '' && !noise.test(line));
  for (const kind of kinds) {
    for (const line of told) {
      const text = kind.exec(line)?.groups?.text;
      if (text !== undefined) return cut(text.trim());
    }
  }
  const last = told.at(-1) ?? plain.findLast((line) => line.trim() !== '' && !line.startsWith('✗ '));
  return last === undefined ? null : cut(last.trim());
}

function cut(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  const clean = line.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').toWellFormed();
  return clean.length <= longest
    ? clean
    : `${clean
        .slice(0, longest - 1)
        .trimEnd()
        .toWellFormed()}…`;
}
