import { Link } from 'wouter';
import type { User } from '../../../../contract/accounts.ts';
import { paths } from '../../../app/paths.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Badge } from '../../../ui/Badge.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Menu, type MenuEntry } from '../../../ui/Menu.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { Time } from '../../../ui/Time.tsx';
import facts from '../facts.module.css';
import styles from './users.module.css';

export interface UserChanges {
  /** Why this user cannot be changed, or undefined. */
  readonly whyNot: (user: User) => string | undefined;
  readonly onEdit: (user: User) => void;
  readonly onPassword: (user: User) => void;
  readonly onDisable: (user: User) => void;
  readonly onEnable: (user: User) => void;
  readonly isBusy: (user: User) => boolean;
}

interface UserTableProps {
  readonly users: readonly User[] | undefined;
  readonly me: User;
  /** Undefined for who may only look. */
  readonly changes: UserChanges | undefined;
}

/** Users with their roles and teams. */
export function UserTable({ users, me, changes }: UserTableProps) {
  const columns: readonly Column<User>[] = [
    {
      key: 'user',
      header: 'User',
      rowHeader: true,
      grow: true,
      narrow: 'line',
      cell: (user) => (
        <span className={styles.user}>
          <Avatar name={user.name || user.username} />
          <span>
            <span className={user.disabled ? styles.disabled : facts.strong}>{user.username}</span>{' '}
            {user.username === me.username && <Badge>you</Badge>} {user.disabled && <Badge>disabled</Badge>}
            {(user.name !== '' || user.email !== null) && (
              <span className={styles.more}>{[user.name, user.email].filter(Boolean).join(' · ')}</span>
            )}
          </span>
        </span>
      ),
    },
    { key: 'role', header: 'Role', cell: (user) => user.role },
    { key: 'teams', header: 'Teams', cell: (user) => <TeamsOf user={user} /> },
    {
      key: 'created',
      header: 'Added',
      narrow: 'hide',
      cell: (user) => <Time at={user.created_at} className={facts.quiet} />,
    },
    ...(changes === undefined ? [] : [menuColumn(changes)]),
  ];
  return <Table label="Users" columns={columns} rows={users} rowKey={(user) => user.username} />;
}

function TeamsOf({ user: { teams } }: { user: User }) {
  if (teams.length === 0) return <span className={facts.quiet}>no team</span>;
  return teams.map((team, index) => (
    <span key={team}>
      {index > 0 && ', '}
      <Link href={paths.team(team)}>{team}</Link>
    </span>
  ));
}

const menuColumn = (changes: UserChanges): Column<User> => ({
  key: 'menu',
  header: <span className="visually-hidden">Actions</span>,
  align: 'end',
  cell: (user) => (
    <Menu
      label={`Actions of ${user.username}`}
      entries={entriesFor(user, changes)}
      size="small"
      tone="quiet"
      pending={changes.isBusy(user)}
    >
      <Icon name="more" />
    </Menu>
  ),
});

function entriesFor(user: User, changes: UserChanges): MenuEntry[] {
  const why = changes.whyNot(user);
  const or = why === undefined ? {} : { disabled: true, hint: why };
  return [
    { label: 'Role, name, e-mail…', ...or, onSelect: () => changes.onEdit(user) },
    { label: 'New password…', ...or, onSelect: () => changes.onPassword(user) },
    'separator',
    user.disabled
      ? { label: 'Enable', ...or, onSelect: () => changes.onEnable(user) }
      : { label: 'Disable…', ...or, danger: why === undefined, onSelect: () => changes.onDisable(user) },
  ];
}
