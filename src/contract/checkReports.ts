import { z } from 'zod';
import { Timestamp } from './common.ts';
import { checkConclusions, checkStatuses } from './states.ts';

const Address = z.url({ protocol: /^https?$/ });
const Text = z.string().max(65_535);

/**
 * What another CI system says of a commit: in Slipway's own shape, in that of GitHub's check runs, or in that of its
 * commit statuses. https://docs.github.com/en/rest/checks/runs and https://docs.github.com/en/rest/commits/statuses
 */
export const CheckReport = z
  .object({
    name: z.string().trim().min(1).max(200).optional(),
    status: z.enum(checkStatuses).optional(),
    conclusion: z.enum(checkConclusions).nullish(),
    url: Address.optional(),
    summary: z.string().max(10_000).optional(),
    details_url: Address.optional().meta({ description: 'Check run: the address.' }),
    output: z
      .object({
        title: Text.nullish(),
        summary: Text.nullish(),
        text: Text.nullish(),
        annotations: z.array(z.unknown()).optional(),
      })
      .optional()
      .meta({ description: 'Check run: its title and summary are kept.' }),
    head_sha: z.string().optional().meta({ description: 'Check run: must be the commit of the address.' }),
    external_id: Text.optional(),
    started_at: Timestamp.optional(),
    completed_at: Timestamp.optional(),
    state: z
      .enum(['error', 'failure', 'pending', 'success'])
      .optional()
      .meta({ description: 'Commit status.' }),
    context: z.string().trim().min(1).max(200).optional().meta({ description: 'Commit status: the name.' }),
    description: Text.nullish().meta({ description: 'Commit status: the summary.' }),
    target_url: z
      .union([Address, z.literal('')])
      .nullish()
      .meta({ description: 'Commit status: the address.' }),
  })
  .superRefine((report, context) => {
    const problem = whatIsMissing(report);
    if (problem !== null)
      context.addIssue({ code: 'custom', path: [problem.path], message: problem.message });
  });
export type CheckReport = z.input<typeof CheckReport>;

function whatIsMissing(report: {
  readonly name?: string | undefined;
  readonly state?: string | undefined;
  readonly status?: string | undefined;
  readonly conclusion?: string | null | undefined;
}): { path: string; message: string } | null {
  if (report.state !== undefined) {
    const both = report.status !== undefined || report.conclusion != null;
    return both
      ? { path: 'state', message: 'is of a commit status, `status` and `conclusion` of a check: send one' }
      : null;
  }
  return report.name === undefined ? { path: 'name', message: 'a check has a name' } : null;
}
