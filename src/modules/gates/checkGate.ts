import type { GateReason } from '../../contract/deploys.ts';
import { type CheckStanding, type CommitChecks, standingOf } from './checkStanding.ts';

export interface CheckFacts extends CommitChecks {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/**
 * What required and optional checks say of a commit. A name or glob that nobody reported is missing, and
 * missing is never green. Force skips optional ones only.
 */
export function evaluateChecks(
  facts: CheckFacts,
  deploy: { name: string; shortSha: string; forced: boolean },
): { reasons: GateReason[]; notes: string[] } {
  const reasons: GateReason[] = [];
  const notes: string[] = [];
  for (const { pattern, required } of wanted(facts)) {
    const standing = standingOf(pattern, facts);
    if (standing.kind === 'passed') continue;
    const reason = checkReason(pattern, standing, required, deploy);
    if (deploy.forced && !required)
      notes.push(`forced past the optional check "${pattern}": ${reason.message}`);
    else reasons.push(reason);
  }
  return { reasons, notes };
}

function wanted(facts: CheckFacts): { pattern: string; required: boolean }[] {
  return [
    ...facts.required.map((pattern) => ({ pattern, required: true })),
    ...facts.optional.map((pattern) => ({ pattern, required: false })),
  ];
}

function checkReason(
  pattern: string,
  standing: Exclude<CheckStanding, { kind: 'passed' }>,
  required: boolean,
  deploy: { name: string; shortSha: string },
): GateReason {
  const kind = required ? 'required' : 'optional';
  const rest = { action: null, skippable: !required };
  switch (standing.kind) {
    case 'missing':
      return {
        ...rest,
        code: 'check_missing',
        message: `the ${kind} check "${pattern}" was never reported for ${deploy.shortSha}`,
        cleared_by: 'CI, when it reports the check',
      };
    case 'pending':
      return {
        ...rest,
        code: 'check_pending',
        message: `the ${kind} check "${standing.name}" is ${standing.how} for ${deploy.shortSha}`,
        cleared_by: 'CI, when the check completes',
        action: standing.run === null ? null : `slipway run watch ${standing.run}`,
      };
    case 'failed':
      return {
        ...rest,
        code: 'check_failed',
        message: `the ${kind} check "${standing.name}" ended with ${standing.how} for ${deploy.shortSha}${
          standing.why === '' ? '' : `: ${standing.why}`
        }`,
        cleared_by: 'a re-run that succeeds, or another commit',
        action:
          standing.run === null
            ? `slipway cancel ${deploy.name}`
            : `slipway run logs ${standing.run} --failed`,
      };
  }
}
