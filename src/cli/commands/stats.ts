import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import { wholeNumber } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { splitTarget } from '../deployName.ts';
import { printStats } from '../views/stats.ts';

export const statsCommand = defineCommand<{ days: number }>({
  name: 'stats [app] [environment]',
  summary: 'deploys a day, and how long they take',
  options: [new Option('--days <count>', 'the last so many days').argParser(wholeNumber).default(31)],
  examples: [
    ['slipway stats', 'everything, the last 31 days'],
    ['slipway stats harbor production --days 90', 'one environment, the last three months'],
  ],
  async run({ client, out, options }, first, second) {
    const { app, environment } = splitTarget(first, second);
    const server = await client();
    // Statistics of what does not exist are empty; say so instead.
    if (app !== undefined) await server.call(api.listApps, { query: { app } });
    const query = {
      days: options.days,
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(app && { app }),
      ...(environment && { environment }),
    };
    const stats = await server.call(api.deployStats, { query });
    const what = [app, environment].filter((word) => word !== undefined).join('/') || 'all apps';
    out.show(stats, () => printStats(out, what, stats));
    return undefined;
  },
});
