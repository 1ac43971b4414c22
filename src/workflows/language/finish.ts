import type { Problem } from './limits.ts';
import type { Lines } from './lines.ts';
import type { Report } from './schema/validate.ts';
import type { Finding } from './source.ts';

/** What is wrong in a text, with its places. */
export function reportsOf(problems: readonly Problem[], lines: Lines): Report[] {
  return problems.map(({ rule, message, start, end }) => ({ rule, message, at: lines.range(start, end) }));
}

/** Whether a file with these findings cannot be used. */
export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** Reports as findings, in the order of the file, each once: what an alias repeats is still one mistake. */
export function finish(
  reports: readonly Report[],
  file: string,
  severity: Finding['severity'] = 'error',
): Finding[] {
  return sortFindings(reports.map((report) => ({ severity, ...report, file })));
}

export function sortFindings(findings: readonly Finding[]): Finding[] {
  const unique = new Map<string, Finding>();
  for (const finding of findings) {
    const { line, column } = finding.at.start;
    const key = `${line}:${column}:${finding.message}`;
    if (!unique.has(key)) unique.set(key, finding);
  }
  return [...unique.values()].sort(
    (a, b) => a.at.start.line - b.at.start.line || a.at.start.column - b.at.start.column,
  );
}
