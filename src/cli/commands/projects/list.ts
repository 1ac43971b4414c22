import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import { collectPages, type LimitOptions, limitOf, limitOptions } from '../../arguments.ts';
import { defineCommand } from '../../command.ts';
import type { Cell } from '../../output/table.ts';

interface Options extends LimitOptions {
  readonly team?: string;
  readonly search?: string;
}

export const listCommand = defineCommand<Options>({
  name: 'list',
  summary: 'the projects, their ids and teams',
  options: [
    new Option('--team <team>', 'only those of this team'),
    new Option('--search <text>', 'whose name or slug contains this, or with this id'),
    ...limitOptions(100),
  ],
  examples: [
    ['slipway projects', 'all of them'],
    ['slipway projects --team web', 'those of a team'],
    ['slipway projects --search 35', 'which one is it that a DSN ends with?'],
  ],
  async run({ client, out, options }) {
    const server = await client();
    const { team, search } = options;
    const filter = { ...(team && { team }), ...(search && { query: search }) };
    const answer = await collectPages(limitOf(options), (page) =>
      server.call(api.listProjects, { query: { ...filter, ...page } }),
    );
    out.show(answer, () => {
      if (answer.items.length === 0) {
        out.line(
          search === undefined
            ? `no project yet; make one: slipway projects create NAME --team ${team ?? 'TEAM'}`
            : `no project is called like "${search}"; slipway projects lists all`,
        );
        return;
      }
      const columns = [
        { title: 'PROJECT' },
        { title: 'NAME', flexible: true },
        { title: 'ID', align: 'right' as const },
        { title: 'TEAM' },
        { title: 'PLATFORM' },
        { title: 'MADE' },
      ];
      const rows = answer.items.map((project): Cell[] => [
        { text: project.slug, style: 'bold' },
        project.name,
        project.id,
        project.may_change ? project.team : `${project.team} (you may look only)`,
        project.platform ?? '-',
        out.time(project.created_at),
      ]);
      out.table(columns, rows);
      if (answer.next_cursor !== null) out.note(out.paint('dim', '… and more: --all'));
    });
    return undefined;
  },
});
