import type { CommandGroup } from '../../command.ts';
import { checkWorkflowCommand } from './check.ts';

export const workflowCommand: CommandGroup = {
  name: 'workflow',
  summary: 'GitHub Actions workflows, on this machine',
  examples: [['slipway workflow check', 'what is wrong in them, with its place']],
  commands: [checkWorkflowCommand],
};
