import type { Located, Report, Trigger, Workflow } from '../language/index.ts';

/** Patterns of branches, tags and paths: can they be read, and can they match anything? */
export function checkFilters({ on }: Workflow): Report[] {
  return on.flatMap((trigger) => [
    ...refLists(trigger).flatMap(({ patterns }) =>
      patterns.flatMap((pattern) => checkPattern(pattern, 'ref')),
    ),
    ...pathLists(trigger).flatMap((patterns) => patterns.flatMap((pattern) => checkPattern(pattern, 'path'))),
    ...checkPositive(trigger),
  ]);
}

function refLists({ branches, branchesIgnore, tags, tagsIgnore }: Trigger) {
  return [branches, branchesIgnore, tags, tagsIgnore].flatMap((patterns) =>
    patterns === null ? [] : [{ patterns }],
  );
}

function pathLists({ paths, pathsIgnore }: Trigger) {
  return [paths, pathsIgnore].flatMap((patterns) => (patterns === null ? [] : [patterns]));
}

/** Patterns with `!` only take away from what others matched. */
function checkPositive(trigger: Trigger): Report[] {
  return [trigger.branches, trigger.tags, trigger.paths].flatMap((patterns) => {
    const [first] = patterns ?? [];
    if (first === undefined || patterns?.some(({ value }) => !value.startsWith('!'))) return [];
    const message = 'these patterns only take away: put one that matches first, as `**`';
    return [{ rule: 'filters', message, at: first.at }];
  });
}

function checkPattern({ value, at }: Located<string>, kind: 'ref' | 'path'): Report[] {
  const pattern = value.startsWith('!') ? value.slice(1) : value;
  if (value.includes('${{'))
    return [{ rule: 'glob', message: 'no expression can stand here: filters are read as they are', at }];
  const problem = syntaxProblem(pattern);
  if (problem !== null) return [{ rule: 'glob', message: problem, at }];
  const reason = kind === 'ref' ? refReason(pattern) : pathReason(pattern);
  return reason === null
    ? []
    : [{ rule: 'glob-match', message: `\`${value}\` matches nothing: ${reason}`, at }];
}

function syntaxProblem(pattern: string): string | null {
  if (pattern === '') return 'a pattern is missing after the `!`';
  const plain = pattern.replaceAll(/\\./g, '__');
  for (const match of plain.matchAll(/\[/g)) {
    const close = plain.indexOf(']', match.index + 1);
    if (close === -1) return `the closing \`]\` is missing in \`${pattern}\``;
    const inside = plain.slice(match.index + 1, close);
    if (inside === '') return `\`[]\` in \`${pattern}\` holds no character`;
    for (const [range, from = '', to = ''] of inside.matchAll(/(.)-(.)/g)) {
      if (from > to) return `\`${range}\` in \`${pattern}\` ends before it begins`;
    }
  }
  return null;
}

function refReason(pattern: string): string | null {
  if (/^refs\/(?:heads|tags)\//.test(pattern)) return 'names are matched without `refs/heads/`';
  if (pattern.startsWith('/')) return 'no name starts with `/`';
  const [bad] = /[\s~^:]/.exec(pattern) ?? [];
  return bad === undefined
    ? null
    : `no branch or tag has ${/\s/.test(bad) ? 'a space' : `\`${bad}\``} in its name`;
}

function pathReason(pattern: string): string | null {
  if (/^\.\.?\//.test(pattern)) return 'paths are relative to the repository, without `./`';
  if (/^\s|\s$/.test(pattern)) return 'it begins or ends with a space';
  return null;
}
