import { Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import type { NewWebhook, Webhook, WebhookDelivery } from '../../contract/webhooks.ts';
import { wholeNumber } from '../arguments.ts';
import { type CommandGroup, defineCommand } from '../command.ts';
import type { Output } from '../output/output.ts';
import type { Cell } from '../output/table.ts';

const show = defineCommand({
  name: 'show <repository>',
  summary: 'the webhook of a repository: its address, and what came last',
  examples: [['slipway webhooks show harbor', 'also when a delivery was last refused']],
  async run({ client, out }, repository = '') {
    const webhook = await (await client()).call(api.showWebhook, { params: { repository } });
    out.show(webhook, () => printWebhook(out, repository, webhook));
    return undefined;
  },
});

const create = defineCommand({
  name: 'create <repository>',
  summary: 'let GitHub, GitLab, Gitea or Forgejo tell of pushes and pull requests',
  details: 'Prints the address and the secret to set there. The secret is shown this once.',
  examples: [['slipway webhooks create harbor', 'then add both to the settings of the repository there']],
  async run({ client, out }, repository = '') {
    const webhook = await (await client()).call(api.createWebhook, { params: { repository } });
    out.show(webhook, () => {
      out.line(`${repository} takes deliveries now`);
      printSecret(out, webhook);
    });
    return undefined;
  },
});

const rotate = defineCommand({
  name: 'rotate <repository>',
  summary: 'a new secret; the one before it is accepted for a day',
  examples: [['slipway webhooks rotate harbor', 'nothing is refused while you change it there']],
  async run({ client, out }, repository = '') {
    const webhook = await (await client()).call(api.rotateWebhook, { params: { repository } });
    out.show(webhook, () => {
      out.line(`${repository} has a new webhook secret`);
      printSecret(out, webhook);
      if (webhook.previous_secret_until !== null)
        out.note(`the one before it is accepted until ${out.time(webhook.previous_secret_until)}`);
    });
    return undefined;
  },
});

const remove = defineCommand({
  name: 'remove <repository>',
  summary: 'take no more deliveries for a repository',
  examples: [['slipway webhooks remove harbor', 'what was delivered before is still acted on']],
  async run({ client, out }, repository = '') {
    await (await client()).call(api.deleteWebhook, { params: { repository } });
    out.show({ repository, removed: true }, () => out.line(`${repository} takes no deliveries any more`));
    return undefined;
  },
});

interface DeliveriesOptions {
  readonly limit: number;
}

const deliveries = defineCommand<DeliveriesOptions>({
  name: 'deliveries <repository>',
  summary: 'what was delivered in the last month, and what became of it',
  options: [new Option('-n, --limit <count>', 'at most this many').argParser(wholeNumber).default(20)],
  examples: [['slipway webhooks deliveries harbor', 'newest first']],
  async run({ client, out, options }, repository = '') {
    const answer = await (await client()).call(api.listDeliveries, {
      params: { repository },
      query: { limit: options.limit },
    });
    out.show(answer, () => {
      if (answer.items.length === 0)
        out.line(`nothing was delivered to ${repository}; slipway webhooks show ${repository}`);
      else printDeliveries(out, answer.items);
    });
    return undefined;
  },
});

export const webhooksCommand: CommandGroup = {
  name: 'webhooks',
  summary: 'deliveries of GitHub, GitLab, Gitea: show, create, rotate, remove, deliveries',
  examples: [
    ['slipway webhooks create harbor', 'prints the address and the secret to set there'],
    ['slipway webhooks deliveries harbor', 'what came, and what became of it'],
  ],
  commands: [show, create, rotate, remove, deliveries],
};

function printSecret(out: Output, webhook: NewWebhook): void {
  out.line(`  ${out.paint('dim', 'url'.padEnd(9))}${webhook.url}`);
  out.line(`  ${out.paint('dim', 'secret'.padEnd(9))}${webhook.secret}`);
  out.note('the secret is shown this once; docs/webhooks.md says where to set both');
}

function printWebhook(out: Output, repository: string, webhook: Webhook): void {
  const { last_delivery: last, refused_at: refused, previous_secret_until: until } = webhook;
  const facts: [string, string][] = [
    ['url', webhook.url],
    ['made', `${out.time(webhook.created_at)} by ${webhook.created_by}`],
    ['secret', `of ${out.time(webhook.secret_created_at)}`],
    ...(until === null
      ? []
      : [['', `one before it is accepted until ${out.time(until)}`] as [string, string]]),
    [
      'last',
      last === null
        ? 'nothing was delivered yet'
        : `${last.event} ${out.time(last.received_at)}: ${stateOf(last)}`,
    ],
  ];
  out.line(out.paint('bold', repository));
  for (const [label, text] of facts) out.line(`  ${out.paint('dim', label.padEnd(9))}${text}`);
  if (refused !== null)
    out.line(
      `  ${out.paint(['red', 'bold'], 'refused'.padEnd(9))}${out.time(refused)}: not signed with its secret; if that was yours: slipway webhooks rotate ${repository}`,
    );
}

const stateOf = ({ outcome, detail }: WebhookDelivery): string =>
  [outcome ?? 'waiting', detail].filter((part) => part !== null).join(', ');

function printDeliveries(out: Output, items: readonly WebhookDelivery[]): void {
  const columns = [
    { title: 'RECEIVED' },
    { title: 'FROM' },
    { title: 'EVENT', flexible: true },
    { title: 'OUTCOME' },
    { title: 'WHAT', flexible: true },
  ];
  out.table(
    columns,
    items.map((item): Cell[] => [
      out.time(item.received_at),
      item.provider,
      item.event,
      outcomeCell(item),
      item.detail ?? '',
    ]),
  );
}

function outcomeCell({ outcome }: WebhookDelivery): Cell {
  if (outcome === 'failed') return { text: outcome, style: ['red', 'bold'] };
  if (outcome === 'accepted') return { text: outcome, style: 'green' };
  return { text: outcome ?? 'waiting', style: 'yellow' };
}
