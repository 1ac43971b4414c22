import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import { deployKinds } from '../../contract/states.ts';
import { collectPages, type LimitOptions, limitOf, limitOptions } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { parseMoment } from '../duration.ts';
import { printDeploys } from '../views/deployTable.ts';

interface Options extends LimitOptions {
  readonly app?: string;
  readonly env?: string;
  readonly state?: string;
  readonly kind?: (typeof deployKinds)[number];
  readonly who?: string;
  readonly sha?: string;
  readonly since?: string;
  readonly until?: string;
}

export const deploysCommand = defineCommand<Options>({
  name: 'deploys',
  summary: 'the history of deploys, newest first',
  options: [
    new Option('--app <app>', 'of this app'),
    new Option('--env <environment>', 'to this environment'),
    new Option('--state <states>', 'in these states, separated by commas; active and done are groups'),
    new Option('--kind <kind>', 'of this kind').choices([...deployKinds]),
    new Option('--who <name>', 'requested by'),
    new Option('--sha <sha>', 'of this commit'),
    new Option('--since <time>', 'requested since 2026-11-21, or in the last 2d'),
    new Option('--until <time>', 'requested before'),
    ...limitOptions(20),
  ],
  examples: [
    ['slipway deploys --app harbor --env production', 'what went to production'],
    ['slipway deploys --state failed,cancelled --since 7d', 'what went wrong this week'],
    ['slipway deploys --sha 3f2a9c1d', 'where a commit went'],
  ],
  async run({ client, out, options, now }) {
    const { app, env: environment, state, kind, who, sha, since, until } = options;
    const moment = (text: string) => parseMoment(text, now(), 'before').toISOString();
    const query = {
      ...(app && { app }),
      ...(environment && { environment }),
      ...(state && { state }),
      ...(kind && { kind }),
      ...(who && { who }),
      ...(sha && { sha: sha.toLowerCase() }),
      ...(since && { since: moment(since) }),
      ...(until && { until: moment(until) }),
    };
    const server = await client();
    const page = await collectPages(limitOf(options), (part) =>
      server.call(api.listDeploys, { query: { ...query, ...part } }),
    );
    out.show(page, () => {
      if (page.items.length === 0) out.line('no deploy matches');
      else printDeploys(out, page.items);
      if (page.next_cursor !== null) out.note(out.paint('dim', '… there are more: --limit 100, or --all'));
    });
    return undefined;
  },
});
