/** Splits a command line at spaces, but for those in double or single quotes; `\"` is a quote. */
export function splitArguments(line: string): string[] {
  const args: string[] = [];
  for (const [, word = ''] of line.matchAll(/((?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+)/g))
    args.push(word.replaceAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(["\\])/g, unquote));
  return args;
}

function unquote(_all: string, double?: string, single?: string, escaped?: string): string {
  if (double !== undefined) return double.replaceAll(/\\(["\\])/g, '$1');
  return single ?? escaped ?? '';
}
