import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import { collectPages, type LimitOptions, limitOf, limitOptions } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { parseMoment } from '../duration.ts';
import type { Cell } from '../output/table.ts';

interface Options extends LimitOptions {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly since?: string;
  readonly until?: string;
}

export const auditCommand = defineCommand<Options>({
  name: 'audit',
  summary: 'who did what, from where, when; newest first',
  options: [
    new Option('--actor <name>', 'done by'),
    new Option('--action <action>', 'an action, or a prefix such as deploy.'),
    new Option('--subject <subject>', 'done to, such as harbor/staging#12'),
    new Option('--since <time>', 'after 2026-11-21, or in the last 2d'),
    new Option('--until <time>', 'before'),
    ...limitOptions(30),
  ],
  examples: [
    ['slipway audit --since 1d', 'the last day'],
    ['slipway audit --action deploy. --actor ann', 'what ann shipped, cancelled or rolled back'],
  ],
  async run({ client, out, options, now }) {
    const { actor, action, subject, since, until } = options;
    const moment = (text: string) => parseMoment(text, now(), 'before').toISOString();
    const query = {
      ...(actor && { actor }),
      ...(action && { action }),
      ...(subject && { subject }),
      ...(since && { since: moment(since) }),
      ...(until && { until: moment(until) }),
    };
    const server = await client();
    const page = await collectPages(limitOf(options), (part) =>
      server.call(api.listAudit, { query: { ...query, ...part } }),
    );
    out.show(page, () => {
      const columns = [
        { title: 'WHEN' },
        { title: 'WHO', flexible: true },
        { title: 'FROM' },
        { title: 'ACTION' },
        { title: 'SUBJECT', flexible: true },
        { title: 'DETAILS', flexible: true },
      ];
      const rows = page.items.map((entry): Cell[] => [
        out.time(entry.at),
        entry.actor,
        entry.ip ?? '-',
        entry.action,
        entry.subject,
        { text: writeDetails(entry.details), style: 'dim' },
      ]);
      if (rows.length === 0) out.line('no entry matches');
      else out.table(columns, rows);
      if (page.next_cursor !== null) out.note(out.paint('dim', '… there are more: --limit 100, or --all'));
    });
    return undefined;
  },
});

const writeDetails = (details: Record<string, unknown>): string =>
  Object.entries(details)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
