import type { CommandGroup } from '../../command.ts';
import { deleteCommand, importCommand, setCommand } from './change.ts';
import { listCommand } from './list.ts';

export const secretsCommand: CommandGroup = {
  name: 'secrets',
  summary: 'secrets for deploys and for workflows: list, set, delete, import',
  examples: [
    ['slipway secrets', 'names of those that slipway.yml refers to'],
    ['slipway secrets set harbor-token', 'one of them; asks for the value'],
    ['slipway secrets set NPM_TOKEN --repository harbor', 'one for the workflows of harbor'],
    ['slipway secrets import .env.ci --repository harbor', 'many of them'],
  ],
  commands: [listCommand, setCommand, deleteCommand, importCommand],
};
