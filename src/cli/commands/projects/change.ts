import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import { AppError } from '../../../platform/errors.ts';
import { defineCommand } from '../../command.ts';

interface RenameOptions {
  readonly slug?: string;
  readonly platform?: string;
}

export const renameCommand = defineCommand<RenameOptions>({
  name: 'rename <project> [name]',
  summary: 'give a project another name, slug or platform; its DSN stays',
  options: [
    new Option('--slug <slug>', 'what commands call it'),
    new Option('--platform <platform>', 'what it is written in; "" for nothing'),
  ],
  examples: [
    ['slipway projects rename storefront "Web shop"', 'another name for people'],
    ['slipway projects rename storefront --slug shop', 'commands call it shop from now on'],
  ],
  async run({ client, out, options }, project = '', name?: string) {
    const { slug, platform } = options;
    const body = {
      ...(name && { name }),
      ...(slug && { slug }),
      ...(platform !== undefined && { platform: platform || null }),
    };
    if (Object.keys(body).length === 0) {
      throw new AppError(
        'invalid_input',
        `say what to change about ${project}: a new NAME, --slug or --platform`,
      );
    }
    const changed = await (await client()).call(api.updateProject, { params: { project }, body });
    out.show(changed, () =>
      out.line(
        `${project} is ${changed.slug}, "${changed.name}"${changed.platform === null ? '' : ` (${changed.platform})`}`,
      ),
    );
    return undefined;
  },
});

export const moveCommand = defineCommand({
  name: 'move <project> <team>',
  summary: 'give a project to another team; its DSN stays',
  details: 'Takes a member of both teams, or an admin.',
  examples: [['slipway projects move storefront shop', 'team shop looks after it from now on']],
  async run({ client, out }, project = '', team = '') {
    const moved = await (await client()).call(api.updateProject, { params: { project }, body: { team } });
    out.show(moved, () => out.line(`${moved.slug} belongs to team ${moved.team}`));
    return undefined;
  },
});
