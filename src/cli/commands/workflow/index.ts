import type { CommandGroup } from '../../command.ts';
import { checkWorkflowCommand } from './check.ts';
import { listWorkflowsCommand } from './list.ts';
import { runWorkflowCommand } from './run.ts';

export const workflowCommand: CommandGroup = {
  name: 'workflow',
  summary: 'GitHub Actions workflows, on this machine and without a server',
  examples: [
    ['slipway workflow', 'which workflows a push would start'],
    ['slipway workflow run test.yml', 'run one here'],
    ['slipway workflow check', 'what is wrong in them, with its place'],
  ],
  commands: [listWorkflowsCommand, runWorkflowCommand, checkWorkflowCommand],
};
