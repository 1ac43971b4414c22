import { api } from '../../../contract/addresses.ts';
import { defineCommand } from '../../command.ts';
import { type ConfirmOptions, confirmOptions, confirmSlug } from '../../confirmSlug.ts';

export const deleteCommand = defineCommand<ConfirmOptions>({
  name: 'delete <repository>',
  summary: 'delete a repository that no app is built from, with its runs',
  options: confirmOptions('name'),
  examples: [
    ['slipway repos delete tools', 'asks for its name'],
    ['slipway repos delete tools --confirm tools', 'in scripts'],
  ],
  async run(run, name = '') {
    const server = await run.client();
    const repository = await server.call(api.showRepository, { params: { repository: name } });
    const lost = repository.url === null ? ' Its commits are lost: it is hosted here.' : '';
    const warning = `Repository ${name} will be deleted, with its runs, their logs and artifacts, its webhook, secrets and variables.${lost} What runs of it ends`;
    const confirm = await confirmSlug(run, repository.name, warning, 'name');
    await server.call(api.deleteRepository, { params: { repository: name }, query: { confirm } });
    run.out.show({ name, deleted: true }, () => run.out.line(`repository ${name} is deleted`));
    return undefined;
  },
});
