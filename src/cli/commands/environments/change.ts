import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import type { WorkflowEnvironment } from '../../../contract/workflowEnvironments.ts';
import { type Approval, approvals } from '../../../contract/workflowRules.ts';
import { AppError } from '../../../platform/errors.ts';
import { defineCommand } from '../../command.ts';
import { type ConfirmOptions, confirmOptions, confirmSlug } from '../../confirmSlug.ts';
import { parseDuration } from '../../duration.ts';
import { approvalText } from './approvalText.ts';

interface SetOptions {
  readonly repository: string;
  readonly wait?: string;
  readonly approval?: Approval;
  readonly reviewer?: string[];
  readonly branch?: string[];
  readonly anyBranch?: true;
  readonly selfReview?: boolean;
}

const repositoryOption = () => new Option('--repository <repository>', 'whose it is').makeOptionMandatory();
const collect = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];

export const setCommand = defineCommand<SetOptions>({
  name: 'set <name>',
  summary: 'declare an environment for workflows, or change its rules',
  details: 'What no option says stays as it is.',
  options: [
    repositoryOption(),
    new Option(
      '--wait <duration>',
      'how long its jobs wait before they start, at most 30d; 0m for not at all',
    ),
    new Option('--approval <who>', 'who must agree first: nobody, one who may deploy, or a reviewer').choices(
      [...approvals],
    ),
    new Option('--reviewer <team>', 'a team whose members may agree; may be given several times').argParser(
      collect,
    ),
    new Option('--branch <glob>', 'branches whose jobs may use it; may be given several times').argParser(
      collect,
    ),
    new Option('--any-branch', 'jobs of every branch and tag may use it').conflicts('branch'),
    new Option('--no-self-review', 'who started the run may not approve its jobs'),
    new Option('--self-review', 'who started it may, if the rule of approval lets them'),
  ],
  examples: [
    ['slipway environments set staging --repository harbor', 'without rules, to give it secrets'],
    [
      'slipway environments set production --repository harbor --reviewer web --wait 10m',
      'somebody of web agrees, and ten minutes pass',
    ],
    [
      'slipway environments set production --repository harbor --approval deployers',
      'whoever may deploy agrees',
    ],
    [
      "slipway environments set production --repository harbor --branch main --branch 'release/**'",
      'for these branches only',
    ],
  ],
  async run({ client, out, options }, environment = '') {
    const params = { repository: options.repository, environment };
    const answer = await (await client()).call(api.setWorkflowEnvironment, { params, body: bodyOf(options) });
    out.show(answer, () => out.line(rulesText(answer)));
    return undefined;
  },
});

function bodyOf({ wait, approval, reviewer, branch, anyBranch, selfReview }: SetOptions) {
  const branches = anyBranch ? [] : branch;
  const who = approval ?? (reviewer === undefined ? undefined : ('teams' as const));
  return {
    ...(wait !== undefined && { wait_minutes: minutesOf(wait) }),
    ...(who !== undefined && { approval: who }),
    ...(reviewer !== undefined && { teams: reviewer }),
    ...(branches !== undefined && { branches }),
    ...(selfReview !== undefined && { prevent_self_review: !selfReview }),
  };
}

function minutesOf(text: string): number {
  const minutes = parseDuration(text) / 60;
  if (Number.isInteger(minutes)) return minutes;
  throw new AppError('invalid_input', `--wait ${text}: environments wait whole minutes`);
}

function rulesText(environment: WorkflowEnvironment): string {
  const { repository, name, wait_minutes, approval, branches } = environment;
  const rules = [
    ...(wait_minutes > 0 ? [`wait ${wait_minutes} min`] : []),
    ...(approval === 'none' ? [] : [`approval by ${approvalText(environment)}`]),
    ...(environment.prevent_self_review ? ['not by who started the run'] : []),
    ...(branches.length > 0 ? [`branches ${branches.join(', ')}`] : []),
  ];
  return `${name} of ${repository}: ${rules.join('; ') || 'no rules'}`;
}

interface DeleteOptions extends ConfirmOptions {
  readonly repository: string;
}

export const deleteCommand = defineCommand<DeleteOptions>({
  name: 'delete <name>',
  summary: 'delete an environment of workflows with its secrets and variables',
  details: 'Jobs that name it find one without rules from then on.',
  options: [repositoryOption(), ...confirmOptions()],
  examples: [
    ['slipway environments delete staging --repository harbor', 'asks for its name'],
    ['slipway environments delete staging --repository harbor --confirm staging', 'in scripts'],
  ],
  async run(run, environment = '') {
    const { repository } = run.options;
    const server = await run.client();
    const { items } = await server.call(api.listWorkflowEnvironments, { query: { repository } });
    const found = items.find(({ name }) => name.toLowerCase() === environment.toLowerCase());
    const name = found?.name ?? environment;
    const content = `${found?.secrets ?? 0} secrets, ${found?.variables ?? 0} variables`;
    const confirm =
      found === undefined
        ? name
        : await confirmSlug(
            run,
            name,
            `Environment ${name} of ${repository} will be deleted, with its rules, ${content}`,
          );
    await server.call(api.deleteWorkflowEnvironment, {
      params: { repository, environment: name },
      query: { confirm },
    });
    run.out.show({ repository, name, deleted: true }, () =>
      run.out.line(`environment ${name} of ${repository} is deleted`),
    );
    return undefined;
  },
});
