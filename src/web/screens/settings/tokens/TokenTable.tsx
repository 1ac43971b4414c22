import type { ReactNode } from 'react';
import type { Token } from '../../../../contract/accounts.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { Time } from '../../../ui/Time.tsx';
import facts from '../facts.module.css';

export interface TokenTableProps {
  readonly tokens: readonly Token[] | undefined;
  readonly withUser: boolean;
  readonly onRevoke: (token: Token) => void;
  readonly empty: ReactNode;
}

/** Tokens by what they are recognised by; the tokens themselves are nowhere. */
export function TokenTable({ tokens, withUser, onRevoke, empty }: TokenTableProps) {
  const columns: readonly Column<Token>[] = [
    {
      key: 'name',
      header: 'Name',
      rowHeader: true,
      grow: true,
      narrow: 'line',
      cell: (token) => <span className={facts.strong}>{token.name}</span>,
    },
    ...(withUser ? [{ key: 'user', header: 'User', cell: (token: Token) => token.user }] : []),
    { key: 'hint', header: 'Begins with', cell: (token) => <code>{token.hint}</code> },
    { key: 'scopes', header: 'Scopes', cell: (token) => token.scopes.join(', ') },
    {
      key: 'used',
      header: 'Last used',
      cell: (token) =>
        token.last_used_at === null ? (
          <span className={facts.quiet}>never used</span>
        ) : (
          <Time at={token.last_used_at} />
        ),
    },
    { key: 'ends', header: 'Ends', cell: (token) => <Ends at={token.expires_at} /> },
    {
      key: 'revoke',
      header: <span className="visually-hidden">Revoke</span>,
      align: 'end',
      cell: (token) => (
        <Button size="small" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
          Revoke
        </Button>
      ),
    },
  ];
  return (
    <Table
      label="API tokens"
      columns={columns}
      rows={tokens}
      rowKey={(token) => token.id}
      empty={empty}
      likelyRows={3}
    />
  );
}

function Ends({ at }: { at: string | null }) {
  if (at === null) return <span className={facts.quiet}>never</span>;
  if (Date.parse(at) < Date.now()) return <Badge>expired</Badge>;
  return <Time at={at} />;
}
