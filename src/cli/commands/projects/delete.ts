import { api } from '../../../contract/addresses.ts';
import { defineCommand } from '../../command.ts';
import { type ConfirmOptions, confirmOptions, confirmSlug } from '../../confirmSlug.ts';

export const deleteCommand = defineCommand<ConfirmOptions>({
  name: 'delete <project>',
  summary: 'delete a project and its keys, for good',
  options: confirmOptions(),
  examples: [
    ['slipway projects delete storefront', 'asks for its slug'],
    ['slipway projects delete storefront --confirm storefront', 'in scripts'],
  ],
  async run(run, name = '') {
    const server = await run.client();
    const project = await server.call(api.showProject, { params: { project: name } });
    const accepted = project.keys.filter(({ state }) => state !== 'revoked').length;
    const warning = `Project ${project.slug} ("${project.name}", id ${project.id}, team ${project.team}) will be deleted, and ${accepted === 1 ? 'its key is' : `its ${accepted} keys are`} accepted no more`;
    const confirm = await confirmSlug(run, project.slug, warning);
    await server.call(api.deleteProject, { params: { project: project.slug }, query: { confirm } });
    run.out.show({ id: project.id, slug: project.slug, deleted: true }, () =>
      run.out.line(`project ${project.slug} is deleted; its id ${project.id} is never drawn again`),
    );
    return undefined;
  },
});
