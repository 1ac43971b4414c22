import type { CommandGroup } from '../../command.ts';
import { createCommand, deleteCommand, renameCommand } from './change.ts';
import { listCommand, showCommand } from './look.ts';
import { joinCommand, leaveCommand } from './members.ts';

export const teamsCommand: CommandGroup = {
  name: 'teams',
  summary: 'teams: list, show, create, rename, delete, join, leave',
  examples: [
    ['slipway teams', 'who may change and deploy what'],
    ['slipway teams create web', 'a new one'],
    ['slipway teams join web bob', 'bob may deploy what web owns'],
  ],
  commands: [
    listCommand,
    showCommand,
    createCommand,
    renameCommand,
    deleteCommand,
    joinCommand,
    leaveCommand,
  ],
};
