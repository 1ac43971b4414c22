import type { WorkflowEnvironment } from '../../../../contract/workflowEnvironments.ts';
import {
  type Approval,
  approvals,
  environmentNameProblem,
  maxWaitMinutes,
} from '../../../../contract/workflowRules.ts';
import type { FormValues } from '../../../features/form/FormDialog.tsx';

/** What the form of an environment is about to declare. */
export interface Declared {
  readonly name: string;
  readonly rules: Pick<
    WorkflowEnvironment,
    'wait_minutes' | 'approval' | 'teams' | 'branches' | 'prevent_self_review'
  >;
}

type Field = 'name' | 'wait' | 'teams';
export type Problems = Readonly<Partial<Record<Field, string>>>;

/** Reads the form. `taken`: the names that there are; nobody changes an environment by the wish for a new one. */
export function readEnvironment(
  values: Pick<FormValues, 'text' | 'exact' | 'checked' | 'all'>,
  name: string | undefined,
  taken: readonly string[],
): Declared | { readonly problems: Problems } {
  const wanted = name ?? values.text('name');
  const approval = approvals.find((one) => one === values.text('approval')) ?? 'none';
  const waitMinutes = Number(values.text('wait') || 0);
  const teams = approval === 'teams' ? values.all('teams') : [];
  const problems = {
    ...problemOf('name', name === undefined ? nameProblem(wanted, taken) : null),
    ...problemOf('wait', waitProblem(waitMinutes)),
    ...problemOf('teams', approval === 'teams' ? teamsProblem(teams) : null),
  };
  if (Object.keys(problems).length > 0) return { problems };
  const branches = values
    .exact('branches')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const preventSelfReview = values.checked('prevent_self_review');
  return {
    name: wanted,
    rules: { wait_minutes: waitMinutes, approval, teams, branches, prevent_self_review: preventSelfReview },
  };
}

const problemOf = (field: Field, problem: string | null): Problems =>
  problem === null ? {} : { [field]: problem };

function nameProblem(name: string, taken: readonly string[]): string | null {
  const problem = environmentNameProblem(name);
  if (problem !== null) return `It ${problem}.`;
  const known = taken.find((one) => one.toLowerCase() === name.toLowerCase());
  return known === undefined ? null : `There is ${known} already; open it to change its rules.`;
}

const waitProblem = (minutes: number): string | null =>
  Number.isInteger(minutes) && minutes >= 0 && minutes <= maxWaitMinutes
    ? null
    : `Whole minutes, from 0 to ${maxWaitMinutes} (30 days).`;

const maxTeams = 6;

function teamsProblem({ length }: readonly string[]): string | null {
  if (length === 0) return 'Choose at least one team.';
  return length > maxTeams ? `At most ${maxTeams} teams; ${length} are chosen.` : null;
}

/** The choices of who must agree. */
export const approvalLabels: Readonly<Record<Approval, string>> = {
  none: 'Nobody',
  deployers: 'Who may deploy',
  teams: 'Teams',
};

/** Who must agree before a job may start, in words. */
export function approversText(
  rules: Pick<WorkflowEnvironment, 'approval' | 'teams' | 'prevent_self_review'>,
): string {
  if (rules.approval === 'none') return 'nobody';
  const besides = rules.prevent_self_review ? ', but not who started the run' : '';
  if (rules.approval === 'deployers') return `who may deploy an app of the repository${besides}`;
  return `${rules.teams.length === 0 ? 'an admin' : `${rules.teams.join(' or ')}, or an admin`}${besides}`;
}

/** How long a job waits, in words. */
export function waitText(minutes: number): string {
  if (minutes === 0) return 'none';
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  return [
    [days, 'd'],
    [hours, 'h'],
    [rest, 'min'],
  ]
    .filter(([amount]) => amount !== 0)
    .map((part) => part.join(' '))
    .join(' ');
}
