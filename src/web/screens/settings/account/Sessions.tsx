import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { SessionSummary } from '../../../../contract/accounts.ts';
import { api } from '../../../../contract/index.ts';
import { useAction, useApi } from '../../../api/hooks.ts';
import { keysOf } from '../../../api/queryKey.ts';
import { useSignOut } from '../../../app/session.ts';
import { deviceName } from '../../../lib/userAgent.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Section } from '../../../ui/Page.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { Time } from '../../../ui/Time.tsx';
import facts from '../facts.module.css';

type Session = z.infer<typeof SessionSummary>;

/** Where one is signed in, and a way to end it there. */
export function Sessions() {
  const queries = useQueryClient();
  const sessions = useApi(api.sessions, {}, { fresh: true });
  const end = useAction(api.endSession, {
    onSuccess: () => void queries.invalidateQueries({ queryKey: keysOf(api.sessions) }),
  });
  const signOut = useSignOut();
  const columns: readonly Column<Session>[] = [
    {
      key: 'device',
      header: 'Device',
      rowHeader: true,
      grow: true,
      narrow: 'line',
      cell: (session) => (
        <span className={facts.line} title={session.user_agent}>
          <span className={facts.strong}>{deviceName(session.user_agent)}</span>
          {session.current && <Badge>this one</Badge>}
        </span>
      ),
    },
    { key: 'ip', header: 'Address', cell: (session) => <code>{session.ip}</code> },
    {
      key: 'used',
      header: 'Last used',
      cell: (session) => <Time at={session.last_used_at} />,
    },
    {
      key: 'created',
      header: 'Signed in',
      narrow: 'hide',
      cell: (session) => <Time at={session.created_at} />,
    },
    { key: 'expires', header: 'Ends', narrow: 'hide', cell: (session) => <Time at={session.expires_at} /> },
    {
      key: 'end',
      header: <span className="visually-hidden">End</span>,
      align: 'end',
      cell: (session) =>
        session.current ? (
          <Button size="small" pending={signOut.isPending} onClick={() => signOut.mutate()}>
            Sign out
          </Button>
        ) : (
          <Button
            size="small"
            aria-label={`End the session of ${deviceName(session.user_agent)}`}
            pending={end.isPending && end.variables.params.id === session.id}
            pendingLabel="Ending…"
            onClick={() => end.mutate({ params: { id: session.id } })}
          >
            End
          </Button>
        ),
    },
  ];
  return (
    <Section title="Sessions">
      <ProblemNote error={sessions.error} onRetry={() => void sessions.refetch()} />
      <Table
        label="Sessions"
        columns={columns}
        rows={sessions.data?.items}
        rowKey={(session) => session.id}
        likelyRows={2}
      />
      <ProblemNote error={end.error ?? signOut.error} />
    </Section>
  );
}
