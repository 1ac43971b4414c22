import type { CommandGroup } from '../../command.ts';
import { moveCommand, renameCommand } from './change.ts';
import { createCommand } from './create.ts';
import { deleteCommand } from './delete.ts';
import { activateCommand, retireCommand, revokeCommand } from './keyStates.ts';
import { keysCommand } from './keys.ts';
import { listCommand } from './list.ts';
import { rotateCommand } from './rotate.ts';
import { showCommand } from './show.ts';

export const projectsCommand: CommandGroup = {
  name: 'projects',
  summary: 'projects, their DSNs and keys: list, show, create, rename, rotate, …',
  examples: [
    ['slipway projects', 'all of them'],
    ['slipway projects create Storefront --team web', 'a new one, with its DSN'],
    ['slipway projects show storefront --dsn', 'its DSN and nothing else, for scripts'],
    ['slipway projects rotate storefront', 'a new key; the one before is accepted until it is revoked'],
  ],
  commands: [
    listCommand,
    showCommand,
    createCommand,
    renameCommand,
    moveCommand,
    deleteCommand,
    keysCommand,
    rotateCommand,
    retireCommand,
    activateCommand,
    revokeCommand,
  ],
};
