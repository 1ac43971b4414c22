import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import type { Client } from '../../../contract/client.ts';
import { AppError } from '../../../platform/errors.ts';
import { defineCommand } from '../../command.ts';
import { printNewDsn } from './printDsn.ts';

interface Options {
  readonly team?: string;
  readonly slug?: string;
  readonly platform?: string;
}

export const createCommand = defineCommand<Options>({
  name: 'create <name>',
  summary: 'create a project, and print its DSN',
  options: [
    new Option('--team <team>', 'whose it is; your own if you are in one'),
    new Option('--slug <slug>', 'what commands call it; made from the name unless told'),
    new Option('--platform <platform>', 'what it is written in, such as node'),
  ],
  examples: [
    ['slipway projects create Storefront --team web', 'storefront, of team web'],
    ['slipway projects create "Größe XL" --slug xl --platform node', 'of your own team'],
  ],
  async run({ client, out, options }, name = '') {
    const server = await client();
    const { slug, platform } = options;
    const team = options.team ?? (await onlyTeam(server));
    const body = { name, team, ...(slug && { slug }), ...(platform && { platform }) };
    const project = await server.call(api.createProject, { body });
    out.show(project, () => {
      out.line(`${project.slug} is project ${project.id} of team ${project.team}; its DSN:`);
      printNewDsn(out, project.slug, project);
    });
    return undefined;
  },
});

/** The one team that the caller is in. */
async function onlyTeam(server: Client): Promise<string> {
  const { teams } = await server.call(api.me, {});
  const [team, ...others] = teams;
  if (team !== undefined && others.length === 0) return team;
  const { items } = await server.call(api.listTeams, {});
  const known = (teams.length > 0 ? teams : items.map(({ slug }) => slug)).slice(0, 30).join(', ');
  throw new AppError(
    'invalid_input',
    known === ''
      ? 'there is no team yet that it could belong to; make one: slipway teams create SLUG'
      : `say whose project it is: --team TEAM, one of ${known}`,
  );
}
