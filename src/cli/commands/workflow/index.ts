import type { CommandGroup } from '../../command.ts';
import { checkWorkflowCommand } from './check.ts';
import { dispatchWorkflowCommand } from './dispatch.ts';
import { listWorkflowsCommand } from './list.ts';
import { runWorkflowCommand } from './run.ts';

export const workflowCommand: CommandGroup = {
  name: 'workflow',
  summary: 'GitHub Actions workflows: on this machine without a server, or started by hand on Slipway',
  examples: [
    ['slipway workflow', 'which workflows a push would start'],
    ['slipway workflow run test.yml', 'run one here'],
    ['slipway workflow check', 'what is wrong in them, with its place'],
    ['slipway workflow dispatch release -i level=minor', 'start one on Slipway'],
  ],
  commands: [listWorkflowsCommand, runWorkflowCommand, checkWorkflowCommand, dispatchWorkflowCommand],
};
