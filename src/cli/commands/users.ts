import { Option } from 'commander';
import type { User } from '../../contract/accounts.ts';
import { api } from '../../contract/addresses.ts';
import { type Role, roles } from '../../contract/endpoint.ts';
import { AppError } from '../../platform/errors.ts';
import { type CommandGroup, defineCommand } from '../command.ts';
import type { Output } from '../output/output.ts';
import type { Cell } from '../output/table.ts';
import { readSecret } from '../prompts.ts';

const list = defineCommand({
  name: 'list',
  summary: 'the users, their roles and teams',
  examples: [['slipway users', 'all of them']],
  async run({ client, out }) {
    const answer = await (await client()).call(api.listUsers, {});
    out.show(answer, () => {
      if (answer.items.length === 0)
        out.line('no user yet; add one: slipway users add NAME --role member --team TEAM --password');
      else printUsers(out, answer.items);
    });
    return undefined;
  },
});

interface AddOptions {
  readonly role: Role;
  readonly team?: string[];
  readonly fullName?: string;
  readonly email?: string;
  readonly password?: boolean;
}

const add = defineCommand<AddOptions>({
  name: 'add <user>',
  summary: 'add a user',
  options: [
    new Option('--role <role>', 'viewers look, members deploy the apps of their teams')
      .choices([...roles])
      .default('member'),
    new Option('--team <teams...>', 'teams to join'),
    new Option('--full-name <name>', 'as people know them'),
    new Option('--email <address>', 'signs in with it too'),
    new Option('--password', 'ask for a password, or read it from standard input'),
  ],
  examples: [
    ['slipway users add ann --role admin --password', 'asks for the password'],
    ['slipway users add ci --team web', 'no password: for tokens only (slipway token create)'],
  ],
  async run(run, name = '') {
    const { role, team, fullName, email } = run.options;
    const password = run.options.password
      ? await readSecret(run, `Password of ${name}`, { confirm: true })
      : undefined;
    const body = {
      username: name,
      role,
      teams: team?.flatMap((word) => word.split(',')) ?? [],
      ...(fullName && { name: fullName }),
      ...(email && { email }),
      ...(password && { password }),
    };
    const user = await (await run.client()).call(api.createUser, { body });
    run.out.show(user, () => {
      run.out.line(describe(user));
      if (password === undefined)
        run.out.note(
          run.out.paint(
            'dim',
            `Without a password ${name} cannot sign in; set one: slipway users set ${name} --password`,
          ),
        );
    });
    return undefined;
  },
});

interface SetOptions {
  readonly role?: Role;
  readonly password?: boolean;
  readonly disable?: boolean;
  readonly enable?: boolean;
  readonly fullName?: string;
  readonly email?: string;
}

const set = defineCommand<SetOptions>({
  name: 'set <user>',
  summary: "change a user's role, password, name or e-mail, or disable them",
  options: [
    new Option('--role <role>', 'viewer, member, admin or owner').choices([...roles]),
    new Option('--password', 'ask for a new password, or read it from standard input; ends their sessions'),
    new Option('--disable', 'they can no longer sign in, and their tokens stop working').conflicts('enable'),
    new Option('--enable', 'undo --disable'),
    new Option('--full-name <name>', 'as people know them'),
    new Option('--email <address>', 'signs in with it too'),
  ],
  examples: [
    ['slipway users set ann --role owner', 'a new role'],
    ['slipway users set bob --disable', 'somebody has left'],
  ],
  async run(run, name = '') {
    const { role, disable, enable, fullName, email } = run.options;
    const password = run.options.password
      ? await readSecret(run, `New password of ${name}`, { confirm: true })
      : undefined;
    const body = {
      ...(role && { role }),
      ...(password && { password }),
      ...((disable || enable) && { disabled: disable === true }),
      ...(fullName !== undefined && { name: fullName }),
      ...(email !== undefined && { email: email || null }),
    };
    if (Object.keys(body).length === 0) {
      throw new AppError(
        'invalid_input',
        `say what to change about ${name}: --role, --password, --disable, --enable, --full-name or --email`,
      );
    }
    const user = await (await run.client()).call(api.updateUser, { params: { username: name }, body });
    run.out.show(user, () => run.out.line(`${describe(user)}${password ? '; the password is changed' : ''}`));
    return undefined;
  },
});

export const usersCommand: CommandGroup = {
  name: 'users',
  summary: 'users: list, add, set',
  examples: [
    ['slipway users', 'all of them'],
    ['slipway users add ann --role member --team web --password', 'a new colleague'],
    ['slipway users set bob --disable', 'somebody has left'],
  ],
  commands: [list, add, set],
};

function printUsers(out: Output, users: readonly User[]): void {
  const columns = [
    { title: 'USER' },
    { title: 'NAME', flexible: true },
    { title: 'ROLE' },
    { title: 'TEAMS', flexible: true },
    { title: 'E-MAIL', flexible: true },
    { title: 'ADDED' },
  ];
  out.table(
    columns,
    users.map((user): Cell[] => {
      const cells = [
        user.username,
        user.name,
        user.disabled ? `${user.role}, disabled` : user.role,
        user.teams.join(', '),
        user.email ?? '',
        out.time(user.created_at),
      ];
      return user.disabled ? cells.map((text): Cell => ({ text, style: 'dim' })) : cells;
    }),
  );
}

const describe = (user: User): string =>
  `${user.username}: ${user.role}${user.disabled ? ', disabled' : ''}${user.teams.length > 0 ? `, in ${user.teams.join(', ')}` : ', in no team'}`;
