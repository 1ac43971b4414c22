import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import { collectPages, type LimitOptions, limitOf, limitOptions } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { printRuns } from '../views/runTable.ts';

interface Options extends LimitOptions {
  readonly repository?: string;
  readonly workflow?: string;
  readonly branch?: string;
  readonly sha?: string;
  readonly failed?: boolean;
  readonly open?: boolean;
}

export const runsCommand = defineCommand<Options>({
  name: 'runs',
  summary: 'workflow runs, newest first',
  options: [
    new Option('--repository <repository>', 'of this repository'),
    new Option('--workflow <workflow>', 'of this workflow: its name or its file'),
    new Option('--branch <branch>', 'of this branch or tag'),
    new Option('--sha <sha>', 'of this commit'),
    new Option('--failed', 'that failed'),
    new Option('--open', 'that have not ended').conflicts('failed'),
    ...limitOptions(20),
  ],
  examples: [
    ['slipway runs', 'of all repositories'],
    ['slipway runs --repository harbor --branch main --failed', 'what failed on main'],
    ['slipway runs --open', 'what goes on or waits now'],
  ],
  async run({ client, out, options }) {
    const { repository, workflow, branch, sha, failed, open } = options;
    const query = {
      ...(repository && { repository }),
      ...(workflow && { workflow }),
      ...(branch && { branch }),
      ...(sha && { sha: sha.toLowerCase() }),
      ...(failed && { conclusion: 'failure' as const }),
      ...(open && { state: 'open' as const }),
    };
    const server = await client();
    const page = await collectPages(limitOf(options), (part) =>
      server.call(api.listRuns, { query: { ...query, ...part } }),
    );
    out.show(page, () => {
      if (page.items.length > 0) printRuns(out, page.items);
      else if (Object.keys(query).length > 0) out.line('no run matches');
      else out.line('nothing has run yet: push to a repository that has workflows (slipway workflows)');
      if (page.next_cursor !== null) out.note(out.paint('dim', '… there are more: --limit 100, or --all'));
    });
    return undefined;
  },
});
