import type { Finding } from '../../workflows/run/index.ts';
import type { Output } from '../output/output.ts';
import { showFindings } from './check/showFindings.ts';

/** Why a workflow does not run: what `slipway workflow check` shows of such findings, or with `--json` a line each. */
export function showRefusal(
  out: Output,
  findings: readonly Finding[],
  sources: ReadonlyMap<string, string>,
): void {
  if (out.json) {
    for (const finding of findings) out.record({ kind: 'finding', ...finding });
    return;
  }
  for (const [file, found] of Map.groupBy(findings, (finding) => finding.file)) {
    showFindings(out, { file, text: sources.get(file) ?? '', findings: found });
  }
}
