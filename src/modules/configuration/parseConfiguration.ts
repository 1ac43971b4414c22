import type { Configuration } from '../../contract/configuration.ts';
import { crossReferences } from './crossReferences.ts';
import { describeIssue } from './describeIssue.ts';
import { fileSchema } from './fileSchema.ts';
import { type Finding, type Problem, sortFindings } from './problem.ts';
import { type ReadDocument, readDocument } from './readDocument.ts';
import { toConfiguration } from './toConfiguration.ts';

export type ParseResult = { ok: true; configuration: Configuration } | { ok: false; problems: Problem[] };

/** As many as a person reads; a file with more has one cause. */
const maxProblems = 100;

/**
 * Reads a `slipway.yml`, given as bytes or as text. `fileName` is only for the messages. All problems are
 * reported at once, in the order of the file; no message repeats a value that may be secret.
 */
export function parseConfiguration(source: string | Uint8Array, fileName: string): ParseResult {
  const document = readDocument(source);
  if (document.root === null) return { ok: false, problems: inFile(fileName, document, document.findings) };
  const { root } = document;
  const parsed = fileSchema.safeParse(root.value);
  const findings = [
    ...document.findings,
    ...(parsed.error?.issues ?? []).flatMap((issue) => describeIssue(root, issue)),
    ...crossReferences(root),
  ];
  if (!parsed.success || findings.length > 0) {
    return { ok: false, problems: inFile(fileName, document, findings) };
  }
  return { ok: true, configuration: toConfiguration(root, parsed.data) };
}

function inFile(file: string, document: ReadDocument, findings: readonly Finding[]): Problem[] {
  const sorted = sortFindings(findings);
  const shown = sorted.slice(0, maxProblems).map(({ offset, path, message }) => {
    return { file, ...document.lineAndColumn(offset), path, message };
  });
  const last = shown.at(-1);
  if (!last || sorted.length <= maxProblems) return shown;
  return [
    ...shown,
    { ...last, path: '', message: `and ${sorted.length - maxProblems} more problems from here on` },
  ];
}
