import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import { AppError } from '../../../platform/errors.ts';
import { defineCommand } from '../../command.ts';
import { type ConfirmOptions, confirmOptions, confirmSlug } from '../../confirmSlug.ts';

interface NameOptions {
  readonly name?: string;
}
const nameOption = () => new Option('--name <name>', 'as people know it');

export const createCommand = defineCommand<NameOptions>({
  name: 'create <slug>',
  summary: 'create a team',
  options: [nameOption()],
  examples: [
    ['slipway teams create web', 'a new team'],
    ['slipway teams create web --name "Web and mobile"', 'with a name for people'],
  ],
  async run({ client, out, options }, slug = '') {
    const body = { slug, ...(options.name !== undefined && { name: options.name }) };
    const team = await (await client()).call(api.createTeam, { body });
    out.show(team, () => {
      out.line(`${team.slug} is a team now`);
      out.note(
        out.paint(
          'dim',
          `Fill it: slipway teams join ${team.slug} USER; slipway projects create NAME --team ${team.slug}`,
        ),
      );
    });
    return undefined;
  },
});

export const renameCommand = defineCommand<NameOptions>({
  name: 'rename <team> [slug]',
  summary: 'give a team another slug or name',
  options: [nameOption()],
  examples: [
    ['slipway teams rename web frontend', 'commands and slipway.yml call it frontend from now on'],
    ['slipway teams rename web --name "Web and mobile"', 'another name for people'],
  ],
  async run({ client, out, options }, team = '', slug?: string) {
    const body = { ...(slug && { slug }), ...(options.name !== undefined && { name: options.name }) };
    if (Object.keys(body).length === 0)
      throw new AppError('invalid_input', `say what to call ${team}: a new SLUG, or --name NAME`);
    const server = await client();
    const renamed = await server.call(api.updateTeam, { params: { team }, body });
    const { apps } = await server.call(api.showTeam, { params: { team: renamed.slug } });
    out.show(renamed, () => {
      out.line(`${team} is ${renamed.slug} now${renamed.name === renamed.slug ? '' : `, "${renamed.name}"`}`);
      if (renamed.slug !== team && apps.length > 0) {
        out.note(
          `Write \`team: ${renamed.slug}\` in slipway.yml too, at ${apps.join(', ')}: applied as it is, it makes a team ${team} again.`,
        );
      }
    });
    return undefined;
  },
});

export const deleteCommand = defineCommand<ConfirmOptions>({
  name: 'delete <team>',
  summary: 'delete a team that owns no app and no project',
  options: confirmOptions(),
  examples: [
    ['slipway teams delete web', 'asks for its slug'],
    ['slipway teams delete web --confirm web', 'in scripts'],
  ],
  async run(run, name = '') {
    const server = await run.client();
    const team = await server.call(api.showTeam, { params: { team: name } });
    const members = team.members.length === 0 ? 'has no members' : `loses ${team.members.join(', ')}`;
    const confirm = await confirmSlug(run, team.slug, `Team ${team.slug} will be deleted; it ${members}`);
    await server.call(api.deleteTeam, { params: { team: team.slug }, query: { confirm } });
    run.out.show({ slug: team.slug, deleted: true }, () => run.out.line(`team ${team.slug} is deleted`));
    return undefined;
  },
});
