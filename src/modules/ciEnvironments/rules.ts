import picomatch from 'picomatch';
import { readableTime } from '../../contract/common.ts';
import type { Approval } from '../../contract/workflowRules.ts';
import { type Actor, hasRole } from '../../platform/actor.ts';
import { mayWorkOn } from '../repositories/index.ts';

/** What must be so before a job may use an environment. */
export interface EnvironmentRules {
  readonly waitMinutes: number;
  readonly approval: Approval;
  /** Slugs of the teams that may agree, with `approval: 'teams'`; when all were deleted, admins alone may. */
  readonly teams: readonly string[];
  /** Globs; none: every ref may use it. */
  readonly branches: readonly string[];
  /** Who started the run may not agree, whoever it is. */
  readonly preventSelfReview: boolean;
}

/** Of the job that names it. */
export interface JobOrigin {
  /** The full ref that the run is of. */
  readonly ref: string;
  /** False: from a fork or an unknown author. */
  readonly trusted: boolean;
}

/** What stands between a job and its environment. Waiting and asking begin at the same time; it takes both. */
export type Admission =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'waits';
      readonly reason: string;
      readonly needsApproval: boolean;
      readonly notBefore: Date | null;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** Whether a job may use the environment that it names, and what for it has to wait from `now` on. Pure. */
export function admitToEnvironment(
  name: string,
  rules: EnvironmentRules,
  job: JobOrigin,
  now: Date,
): Admission {
  const { branches, approval, waitMinutes } = rules;
  if (!mayUse(branches, job.ref)) {
    return {
      kind: 'refused',
      reason: `environment ${name} is for ${branches.join(', ')} only, and this run is of ${nameOf(job.ref)}`,
    };
  }
  const needsApproval = approval !== 'none';
  if (!job.trusted && needsApproval) {
    return {
      kind: 'refused',
      reason: `environment ${name} needs an approval, which nobody can give to a run of a fork or of an unknown author; push the commit to a branch of the repository`,
    };
  }
  if (!needsApproval && waitMinutes === 0) return { kind: 'open' };
  const notBefore = waitMinutes === 0 ? null : new Date(now.getTime() + waitMinutes * 60_000);
  return { kind: 'waits', reason: reasonToWait(name, rules, notBefore), needsApproval, notBefore };
}

function reasonToWait(name: string, rules: EnvironmentRules, notBefore: Date | null): string {
  const reasons = [
    ...(rules.approval === 'none' ? [] : [`for an approval by ${approversOf(rules)}`]),
    ...(notBefore === null ? [] : [`until ${readableTime(notBefore)}`]),
  ];
  return `environment ${name} makes it wait ${reasons.join(' and ')}`;
}

/** Who may agree, in words. */
export function approversOf({ approval, teams }: Pick<EnvironmentRules, 'approval' | 'teams'>): string {
  if (approval !== 'teams') return 'somebody who may deploy an app of the repository';
  return teams.length === 0 ? 'an admin' : `a member of ${teams.join(' or ')}, or an admin`;
}

const nameOf = (ref: string): string => ref.replace(/^refs\/(heads|tags)\//, '');

function mayUse(globs: readonly string[], ref: string): boolean {
  if (globs.length === 0) return true;
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
  return globs.some((glob) => {
    const text = glob.startsWith('refs/') ? ref : branch;
    return text !== null && compile(glob).test(text);
  });
}

/** What is wrong with a glob of branches, or null. */
export function branchGlobProblem(glob: string): string | null {
  if (glob.startsWith('!')) return 'starts with `!`; name the branches that may, not those that may not';
  try {
    compile(glob);
    return null;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return 'is not a valid glob; are its brackets and braces closed?';
  }
}

/** `debug` because picomatch hides a broken pattern otherwise. Parentheses would be groups, and take for ever. */
const compile = (glob: string): RegExp =>
  picomatch.makeRe(glob.replace(/[()]/g, '\\$&'), {
    dot: true,
    nonegate: true,
    noextglob: true,
    strictBrackets: true,
    debug: true,
  });

/** Whether `actor` may let a job into an environment of a repository whose apps belong to `repository.teams`. */
export function mayApprove(
  actor: Actor,
  rules: Pick<EnvironmentRules, 'approval' | 'teams'>,
  repository: { teams: readonly string[] },
): boolean {
  if (hasRole(actor, 'admin')) return true;
  if (rules.approval !== 'teams') return mayWorkOn(actor, repository);
  return hasRole(actor, 'member') && rules.teams.some((team) => actor.teams.includes(team));
}
