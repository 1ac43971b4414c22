import { type Pattern, ProblemMatcher, patternGroups } from './problemMatcher.ts';

/**
 * Reads a file of problem matchers. Throws `Error` that says what is wrong in it. By hand: loading a library of
 * schemas takes longer than many a job.
 */
export function readMatchers(text: string): ProblemMatcher[] {
  const { problemMatcher } = objectAt(JSON.parse(text), 'the file');
  return listAt(problemMatcher, 'problemMatcher').map((entry, index) =>
    readMatcher(entry, `problemMatcher[${index}]`),
  );
}

function readMatcher(entry: unknown, at: string): ProblemMatcher {
  const { owner, severity, pattern } = objectAt(entry, at);
  if (typeof owner !== 'string' || owner === '')
    throw new Error(`${at}.owner must be a text that is not empty`);
  if (severity !== undefined && typeof severity !== 'string')
    throw new Error(`${at}.severity must be a text`);
  const all = Array.isArray(pattern) ? pattern : [pattern];
  if (all.length === 0) throw new Error(`${at}.pattern must have one pattern at least`);
  const patterns = all.map((each, index) =>
    readPattern(each, Array.isArray(pattern) ? `${at}.pattern[${index}]` : `${at}.pattern`),
  );
  patterns.forEach(({ loop }, index) => {
    if (loop && (index === 0 || index < patterns.length - 1))
      throw new Error(`only the last of several patterns of ${owner} can have loop`);
  });
  if (patterns.at(-1)?.message === undefined)
    throw new Error(`the last pattern of ${owner} names no group for message`);
  return new ProblemMatcher(owner, severity ?? '', patterns);
}

function readPattern(entry: unknown, at: string): Pattern {
  const given = objectAt(entry, at);
  const { regexp, loop = false } = given;
  if (typeof regexp !== 'string') throw new Error(`${at}.regexp must be a text`);
  if (typeof loop !== 'boolean') throw new Error(`${at}.loop must be true or false`);
  const pattern: Pattern = { regexp: new RegExp(regexp), loop };
  for (const name of patternGroups) {
    const group = given[name];
    if (group === undefined) continue;
    if (typeof group !== 'number' || !Number.isInteger(group) || group < 0)
      throw new Error(`${at}.${name} must be the number of a group`);
    pattern[name] = group;
  }
  return pattern;
}

function objectAt(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error(`${at} must be an object`);
}

function listAt(value: unknown, at: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${at} must be a list`);
}
