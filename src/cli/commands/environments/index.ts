import type { CommandGroup } from '../../command.ts';
import { deleteCommand, setCommand } from './change.ts';
import { listCommand } from './list.ts';

export const environmentsCommand: CommandGroup = {
  name: 'environments',
  summary: 'environments that jobs of workflows name, and their rules: list, set, delete',
  examples: [
    ['slipway environments --repository harbor', 'their rules'],
    [
      'slipway environments set production --repository harbor --reviewer web --wait 10m',
      'who must agree, and how long it waits',
    ],
  ],
  commands: [listCommand, setCommand, deleteCommand],
};
