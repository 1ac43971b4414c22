import { InvalidArgumentError, Option } from 'commander';
import { api } from '../../contract/addresses.ts';
import { type Scope, scopes } from '../../contract/endpoint.ts';
import { AppError } from '../../platform/errors.ts';
import { wholeNumber } from '../arguments.ts';
import { type CommandGroup, defineCommand } from '../command.ts';
import type { Cell } from '../output/table.ts';

const list = defineCommand<{ all?: boolean }>({
  name: 'list',
  summary: 'your API tokens',
  options: [new Option('--all', "everyone's (admins)")],
  examples: [['slipway token list --all', 'who holds which tokens, and when each was used']],
  async run({ client, out, options }) {
    const answer = await (await client()).call(api.listTokens, { query: options.all ? { all: 'true' } : {} });
    out.show(answer, () => {
      if (answer.items.length === 0) {
        out.line('no token yet; make one: slipway token create NAME');
        return;
      }
      const columns = [
        { title: 'ID', align: 'right' as const },
        { title: 'NAME', flexible: true },
        { title: 'USER' },
        { title: 'TOKEN' },
        { title: 'SCOPES' },
        { title: 'EXPIRES' },
        { title: 'USED' },
      ];
      const rows = answer.items.map((token): Cell[] => [
        String(token.id),
        { text: token.name, style: 'bold' },
        token.user,
        token.hint,
        token.scopes.join(','),
        token.expires_at === null ? 'never' : out.time(token.expires_at),
        token.last_used_at === null ? 'never' : out.time(token.last_used_at),
      ]);
      out.table(columns, rows);
    });
    return undefined;
  },
});

interface CreateOptions {
  readonly scope: Scope[];
  readonly expires: number | null;
  readonly user?: string;
}

const create = defineCommand<CreateOptions>({
  name: 'create <name>',
  summary: 'make a token; it is printed once, and never again',
  options: [
    new Option('--scope <scopes>', `what it may do: ${scopes.join(', ')}; several with commas`)
      .argParser(parseScopes)
      .default(['read', 'deploy'], 'read,deploy'),
    new Option('--expires <days>', 'after so many days, or never').argParser(parseExpiry).default(90),
    new Option('--user <user>', 'whose token it is (owners, and the local command line)'),
  ],
  examples: [
    ['slipway token create ci --user ann --expires 30', 'a token for a pipeline'],
    ['TOKEN=$(slipway token create ci --scope read)', 'only the token is printed on standard output'],
  ],
  async run({ client, out, options }, name = '') {
    const body = {
      name,
      scopes: options.scope,
      expires_in_days: options.expires,
      ...(options.user && { user: options.user }),
    };
    const token = await (await client()).call(api.createToken, { body });
    out.show(token, () => {
      out.line(token.token);
      const until = token.expires_at === null ? 'never expires' : `expires ${out.time(token.expires_at)}`;
      out.note(
        out.paint(
          'dim',
          `Keep it now: it is not shown again. It acts as ${token.user}, may ${token.scopes.join(' and ')}, and ${until}.`,
        ),
      );
    });
    return undefined;
  },
});

const revoke = defineCommand({
  name: 'revoke <id>',
  summary: 'make a token useless at once',
  examples: [['slipway token revoke 3', 'slipway token list shows the ids']],
  async run({ client, out }, id = '') {
    if (!/^\d+$/.test(id))
      throw new AppError('invalid_input', `"${id}" is no id; slipway token list shows them`);
    await (await client()).call(api.revokeToken, { params: { id } });
    out.show({ id: Number(id), revoked: true }, () => out.line(`token ${id} is revoked`));
    return undefined;
  },
});

export const tokenCommand: CommandGroup = {
  name: 'token',
  summary: 'API tokens: list, create, revoke',
  examples: [
    ['slipway token', 'yours'],
    ['slipway token create ci --user ann', 'a token for a pipeline'],
  ],
  commands: [list, create, revoke],
};

function parseScopes(text: string): Scope[] {
  return text.split(/[\s,]+/).map((word) => {
    const scope = scopes.find((known) => known === word);
    if (scope === undefined)
      throw new InvalidArgumentError(`"${word}" is no scope; there is ${scopes.join(', ')}.`);
    return scope;
  });
}

function parseExpiry(text: string): number | null {
  return text === 'never' ? null : wholeNumber(text.replace(/d$/, ''));
}
