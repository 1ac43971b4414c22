import type { CommandGroup } from '../../command.ts';
import { deleteCommand, importCommand, setCommand } from './change.ts';
import { listCommand } from './list.ts';

export const variablesCommand: CommandGroup = {
  name: 'variables',
  summary: 'variables of workflows, no secrets: list, set, delete, import',
  examples: [
    ['slipway variables --repository harbor', 'what workflows of harbor read as vars.NAME'],
    ['slipway variables set REGION eu-north --repository harbor', 'one of them'],
  ],
  commands: [listCommand, setCommand, deleteCommand, importCommand],
};
