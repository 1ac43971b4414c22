import type { z } from 'zod';
import type { CheckReport } from '../../contract/checkReports.ts';
import type { Check } from '../../contract/repositories.ts';
import { AppError } from '../../platform/errors.ts';

type Said = Pick<Check, 'name' | 'status' | 'conclusion' | 'url' | 'summary'>;

const longestSummary = 10_000;

/** What a report says, whichever of the three shapes it has. Throws `invalid_input` for one about another commit. */
export function readCheckReport(report: z.output<typeof CheckReport>, sha: string): Said {
  if (report.head_sha !== undefined && report.head_sha !== sha)
    throw new AppError('invalid_input', `body.head_sha: this address is that of ${sha}`);
  return report.state === undefined ? ofCheckRun(report) : ofCommitStatus(report, report.state);
}

function ofCheckRun(report: z.output<typeof CheckReport>): Said {
  const { name = '', conclusion = null, output } = report;
  const title = [output?.title, output?.summary].filter((text) => text).join('\n');
  return {
    name,
    // As on GitHub: what has a conclusion is completed, and what says nothing is queued.
    status: report.status ?? (conclusion === null ? 'queued' : 'completed'),
    conclusion,
    url: report.url ?? report.details_url ?? null,
    summary: (report.summary ?? title).slice(0, longestSummary),
  };
}

const conclusionOf = { success: 'success', failure: 'failure', error: 'failure' } as const;

function ofCommitStatus(
  { context = 'default', name, description, target_url, url }: z.output<typeof CheckReport>,
  state: 'error' | 'failure' | 'pending' | 'success',
): Said {
  const pending = state === 'pending';
  return {
    name: name ?? context,
    status: pending ? 'in_progress' : 'completed',
    conclusion: pending ? null : conclusionOf[state],
    url: (target_url === '' ? null : target_url) ?? url ?? null,
    summary: (description ?? '').slice(0, longestSummary),
  };
}
