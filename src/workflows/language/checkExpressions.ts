import { suggestion } from '../../platform/text/nearest.ts';
import {
  arityProblem,
  builtIns,
  contextNames,
  type Expression,
  ExpressionError,
  hasExpression,
  type Piece,
  parseCached,
  splitTemplate,
  walk,
} from '../expressions/index.ts';
import type { Lines } from './lines.ts';
import { placeInScalar } from './placeInScalar.ts';
import type { Allowed } from './schema/schema.ts';
import type { Report, Site } from './schema/validate.ts';
import type { Range } from './source.ts';

/** An expression of a file; offsets in it count from `start` on in the site's text. */
export interface FoundExpression {
  readonly site: Site;
  readonly start: number;
  readonly source: string;
  readonly expression: Expression;
  /** Nothing stands around it. */
  readonly isWhole: boolean;
}

/** All of a file, and where its lines begin. */
export interface FoundExpressions {
  readonly expressions: readonly FoundExpression[];
  readonly lines: Lines;
}

export interface ExpressionCheck {
  readonly reports: Report[];
  readonly found: FoundExpression[];
}

/** Reads the expressions of a file: are they right by themselves, and may they use what they use at their place? */
export function checkExpressions(sites: readonly Site[], lines: Lines): ExpressionCheck {
  const check: ExpressionCheck = { reports: [], found: [] };
  for (const site of sites) checkSite(check, site, lines);
  return check;
}

function checkSite(check: ExpressionCheck, site: Site, lines: Lines): void {
  const report = (rule: string, message: string, offset: number, length: number) =>
    check.reports.push({ rule, message, at: placeInScalar(lines, site.text, offset, length) });
  attempt(report, () => {
    const pieces = piecesOf(site);
    for (const piece of pieces) {
      if (piece.kind === 'text') continue;
      attempt(report, () => {
        if (isInsertion(site, piece.source, pieces.length)) return;
        const expression = parseCached(piece.source, piece.start);
        check.found.push({ site, ...piece, expression, isWhole: pieces.length === 1 });
        for (const inner of walk(expression)) checkUse(inner, site.allowed, piece.start, report);
      });
    }
  });
}

type ReportAt = (rule: string, message: string, offset: number, length: number) => void;

function attempt(report: ReportAt, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    report('expression', error.message, error.offset, error.length);
  }
}

function piecesOf({ text, isCondition }: Site): readonly Piece[] {
  if (!isCondition || hasExpression(text.value)) return splitTemplate(text.value);
  if (text.value.trim() === '') return [];
  return [{ kind: 'expression', source: text.value, start: 0 }];
}

function isInsertion({ isKey, text }: Site, source: string, pieces: number): boolean {
  if (source.trim() !== 'insert') return false;
  if (isKey && pieces === 1) return true;
  throw new ExpressionError(
    '`insert` stands alone, as a key: `${{ insert }}: ${{ fromJSON(…) }}`',
    text.value.indexOf(source),
    source.length,
  );
}

function checkUse(inner: Expression, allowed: Allowed, start: number, report: ReportAt): void {
  if (inner.kind === 'context') {
    const problem = contextProblem(inner.name, allowed);
    if (problem !== null) report('context', problem, start + inner.start, inner.end - inner.start);
  } else if (inner.kind === 'call') {
    const problem = callProblem(inner, allowed);
    if (problem !== null) report('function', problem, start + inner.start, inner.name.length);
  }
}

function contextProblem(name: string, { contexts }: Allowed): string | null {
  const folded = name.toLowerCase();
  if (contexts.includes(folded)) return null;
  if (!contextNames.some((known) => known === folded))
    return `there is no context \`${name}\`${suggestion(name, contexts)}`;
  return `\`${name}\` is not available here; available: ${contexts.join(', ')}`;
}

function callProblem(
  { name, args }: Extract<Expression, { kind: 'call' }>,
  { functions }: Allowed,
): string | null {
  const folded = name.toLowerCase();
  const known = builtIns.get(folded) ?? functions.get(folded);
  if (known !== undefined) return arityProblem(known.name, known, args.length);
  if (['success', 'failure', 'always', 'cancelled'].includes(folded))
    return `\`${name}()\` can only stand in an \`if\``;
  if (folded === 'hashfiles') return '`hashFiles` can only stand in a step';
  const names = [...builtIns.values(), ...functions.values()].map((each) => each.name);
  return `there is no function \`${name}\`${suggestion(name, names)}`;
}

/** Where a part of a found expression stands in the file. */
export function placeOf(lines: Lines, { site, start }: FoundExpression, part: Expression): Range {
  return placeInScalar(lines, site.text, start + part.start, part.end - part.start);
}
