import type { RunDetail } from '../../contract/runs.ts';
import type { Output } from '../output/output.ts';
import { type CheckoutHere, readAtCommit } from '../runs/checkoutHere.ts';

/** Why a run could not be planned: each with its place, and the line where the file of that commit is at hand. */
export async function printFindings(
  out: Output,
  run: Pick<RunDetail, 'findings' | 'sha'>,
  checkout: CheckoutHere | null,
): Promise<void> {
  if (run.findings.length === 0) return;
  const { showFindings } = await import('../workflow/check/showFindings.ts');
  out.line();
  for (const [file, found] of Map.groupBy(run.findings, (finding) => finding.file)) {
    const text = checkout === null ? null : await readAtCommit(checkout, run.sha, file);
    const findings = found.map(({ rule, message, line, column, end_line, end_column }) => ({
      severity: 'error' as const,
      rule,
      message,
      file,
      at: { start: { line, column }, end: { line: end_line, column: end_column } },
    }));
    showFindings(out, { file, text: text ?? '', findings });
  }
}
