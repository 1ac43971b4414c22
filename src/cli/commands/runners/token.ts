import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import { AppError } from '../../../platform/errors.ts';
import { defineCommand, type Run } from '../../command.ts';

interface TokenOptions {
  readonly labels?: string[];
  readonly repositories?: string[];
}

/** `slipway runners token create NAME`, `list`, `revoke ID`. */
export const token = defineCommand<TokenOptions>({
  name: 'token <action> [name]',
  summary: 'tokens by which runners on other machines come in: create, list, revoke',
  details:
    'A runner token opens what runners ask for, and nothing else. It is printed once. Revoking it ends what its runners run.',
  options: [
    new Option('--labels <list>', 'its runners have these labels, and no others').argParser(words),
    new Option('--repositories <list>', 'its runners get jobs of these repositories only').argParser(words),
  ],
  examples: [
    ['slipway runners token create build-farm', 'for runners that take any job'],
    ['slipway runners token create gpu --labels gpu,linux --repositories harbor', 'limited'],
    ['slipway runners token revoke 2', 'slipway runners token list shows the ids'],
  ],
  async run(run, action = '', name) {
    if (action === 'list') return list(run);
    if (action === 'create' && name !== undefined) return create(run, name);
    if (action === 'revoke' && name !== undefined) return revoke(run, name);
    throw new AppError(
      'invalid_input',
      `"${[action, name].filter(Boolean).join(' ')}" cannot be done; there is create NAME, list, revoke ID`,
    );
  },
});

async function create({ client, out, options }: Run<TokenOptions>, name: string): Promise<undefined> {
  const { labels = null, repositories = null } = options;
  const made = await (await client()).call(api.createRunnerToken, { body: { name, labels, repositories } });
  out.show(made, () => {
    out.line(made.token);
    out.note(
      out.paint(
        'dim',
        'Keep it now: it is not shown again. On the other machine: slipway runner --url URL --token-file FILE',
      ),
    );
  });
  return undefined;
}

async function list({ client, out }: Run<TokenOptions>): Promise<undefined> {
  const answer = await (await client()).call(api.listRunnerTokens, {});
  out.show(answer, () => {
    if (answer.items.length === 0) {
      out.line('no runner token yet; make one: slipway runners token create NAME');
      return;
    }
    out.table(
      [
        { title: 'ID', align: 'right' },
        { title: 'NAME', flexible: true },
        { title: 'TOKEN' },
        { title: 'LABELS' },
        { title: 'REPOSITORIES' },
        { title: 'USED' },
      ],
      answer.items.map((item) => [
        String(item.id),
        { text: item.name, style: 'bold' },
        item.hint,
        item.labels?.join(',') ?? 'any',
        item.repositories?.join(',') ?? 'all',
        item.last_used_at === null ? 'never' : out.time(item.last_used_at),
      ]),
    );
  });
  return undefined;
}

async function revoke({ client, out }: Run<TokenOptions>, id: string): Promise<undefined> {
  if (!/^\d+$/.test(id))
    throw new AppError('invalid_input', `"${id}" is no id; slipway runners token list shows them`);
  await (await client()).call(api.revokeRunnerToken, { params: { id } });
  out.show({ id: Number(id), revoked: true }, () =>
    out.line(`runner token ${id} is revoked; its runners end what they run`),
  );
  return undefined;
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}
