import type { Configuration } from '../../contract/configuration.ts';
import { crossReferences } from './crossReferences.ts';
import { describeIssue } from './describeIssue.ts';
import { fileSchema } from './fileSchema.ts';
import type { Fixtures } from './fixtures.ts';
import { withOwner } from './owner.ts';
import { type Finding, type Problem, sortFindings } from './problem.ts';
import { type ReadDocument, readDocument } from './readDocument.ts';
import { type FixtureContext, readFixtures } from './readFixtures.ts';
import { toConfiguration } from './toConfiguration.ts';

export type ParseResult =
  | {
      readonly ok: true;
      readonly configuration: Configuration;
      readonly fixtures: Fixtures;
      /** What is not wrong, but deserves a second look. */
      readonly warnings: Problem[];
    }
  | { readonly ok: false; readonly problems: Problem[] };

/** More than anybody corrects by hand; a file with more has one cause. */
const maxProblems = 1000;

const noContext: FixtureContext = { urlPrefix: null, value: () => undefined };

/**
 * Reads a `slipway.yml` or a fixture file, given as bytes or as text. `fileName` is only for the messages. All
 * problems are reported at once, in the order of the file; no message repeats a value that may be secret.
 */
export function parseConfiguration(
  source: string | Uint8Array,
  fileName: string,
  context: FixtureContext = noContext,
): ParseResult {
  return judgeDocument(readDocument(source), fileName, context);
}

/** The same for a file that has been read. */
export function judgeDocument(
  document: ReadDocument,
  fileName: string,
  context: FixtureContext,
): ParseResult {
  const problemsOf = (findings: readonly Finding[]) => inFile(fileName, document, findings);
  if (document.root === null) return { ok: false, problems: problemsOf(document.findings) };
  const { root } = document;
  const parsed = fileSchema.safeParse(root.value);
  const fixtures = readFixtures(root, context);
  const findings = [
    ...document.findings.map(withOwner),
    ...(parsed.error?.issues ?? []).flatMap((issue) => describeIssue(root, issue)),
    ...crossReferences(root),
    ...fixtures.findings,
  ];
  if (!parsed.success || findings.length > 0) return { ok: false, problems: problemsOf(findings) };
  return {
    ok: true,
    configuration: toConfiguration(root, parsed.data),
    fixtures: fixtures.toFixtures(document.lineAndColumn),
    warnings: problemsOf(fixtures.warnings),
  };
}

function inFile(file: string, document: ReadDocument, findings: readonly Finding[]): Problem[] {
  const sorted = sortFindings(findings);
  const shown = sorted.slice(0, maxProblems).map(({ offset, path, message, otherOffset }) => {
    const other = otherOffset === undefined ? '' : ` (line ${document.lineAndColumn(otherOffset).line})`;
    return { file, ...document.lineAndColumn(offset), path, message: message + other };
  });
  const last = shown.at(-1);
  if (!last || sorted.length <= maxProblems) return shown;
  return [
    ...shown,
    { ...last, path: '', message: `and ${sorted.length - maxProblems} more problems from here on` },
  ];
}
