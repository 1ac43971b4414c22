import type { GateReason } from '../../contract/deploys.ts';
import type { Check } from '../../contract/repositories.ts';

export interface CheckFacts {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly reported: readonly Check[];
}

type Standing = 'passed' | 'pending' | 'failed' | 'missing';

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
    const { standing, detail } = standingOf(pattern, facts.reported);
    if (standing === 'passed') continue;
    const reason = checkReason(pattern, standing, detail, required, deploy);
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

function standingOf(
  pattern: string,
  reported: readonly Check[],
): { standing: Standing; detail: Check | undefined } {
  const matching = reported.filter(
    (check) => matches(pattern, check.name) || matches(pattern, longName(check)),
  );
  const failed = matching.find((check) => check.status === 'completed' && !check.green);
  if (failed) return { standing: 'failed', detail: failed };
  const pending = matching.find((check) => check.status !== 'completed');
  if (pending) return { standing: 'pending', detail: pending };
  return { standing: matching.length === 0 ? 'missing' : 'passed', detail: undefined };
}

/** `CI / test`, for names that several workflows use. */
const longName = ({ workflow, name }: Check): string => (workflow === null ? name : `${workflow} / ${name}`);

/**
 * `*` stands for any characters; everything else for itself. Between the first part and the last each is
 * taken where it comes first, which is always right and never goes back, as a regular expression would.
 */
export function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position <= name.length - last.length;
}

function checkReason(
  pattern: string,
  standing: Exclude<Standing, 'passed'>,
  check: Check | undefined,
  required: boolean,
  deploy: { name: string; shortSha: string },
): GateReason {
  const kind = required ? 'required' : 'optional';
  const summary = check?.summary ? `: ${check.summary.split('\n')[0]}` : '';
  const byStanding = {
    missing: {
      code: 'check_missing',
      message: `the ${kind} check "${pattern}" was never reported for ${deploy.shortSha}`,
      cleared_by: 'CI, when it reports the check',
    },
    pending: {
      code: 'check_pending',
      message: `the ${kind} check "${check?.name}" is ${check?.status.replace('_', ' ')} for ${deploy.shortSha}`,
      cleared_by: 'CI, when the check completes',
    },
    failed: {
      code: 'check_failed',
      message: `the ${kind} check "${check?.name}" ended with ${check?.conclusion} for ${deploy.shortSha}${summary}`,
      cleared_by: 'a re-run that succeeds, or another commit',
    },
  } as const;
  return {
    ...byStanding[standing],
    action: standing === 'failed' ? `slipway cancel ${deploy.name}` : null,
    skippable: !required,
  };
}
