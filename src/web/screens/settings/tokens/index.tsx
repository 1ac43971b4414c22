import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Token } from '../../../../contract/accounts.ts';
import { api } from '../../../../contract/index.ts';
import { useApi } from '../../../api/hooks.ts';
import { keysOf } from '../../../api/queryKey.ts';
import { usePaletteActions } from '../../../app/palette/actions.ts';
import { useHasRole } from '../../../app/session.ts';
import { useDialogAction } from '../../../features/form/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Choices } from '../../../ui/Choices.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/Page.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import facts from '../facts.module.css';
import { CreateToken, MadeToken } from './CreateToken.tsx';
import { TokenTable } from './TokenTable.tsx';

/** API tokens: made here, shown once, revoked here. */
export default function TokensSection() {
  const administers = useHasRole('admin');
  const [whose, setWhose] = useState<'own' | 'all'>('own');
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: keysOf(api.listTokens) });
  const tokens = useApi(
    api.listTokens,
    { query: whose === 'all' ? { all: 'true' as const } : {} },
    { fresh: true },
  );
  const [made, setMade] = useState<Token & { token: string }>();
  const [revoked, setRevoked] = useState<Token>();
  const create = useDialogAction(api.createToken, (token) => {
    setMade(token);
    refresh();
  });
  const revoke = useDialogAction(api.revokeToken, refresh);
  usePaletteActions(() => [
    { id: 'new-token', label: 'New API token', group: 'This page', icon: 'plus', run: create.show },
  ]);
  return (
    <Section
      title={whose === 'own' ? 'Your tokens' : "Everyone's tokens"}
      actions={
        <Button tone="solid" onClick={create.show}>
          New token
        </Button>
      }
    >
      {administers && (
        <Choices
          label="Whose tokens"
          labelHidden
          value={whose}
          onChange={setWhose}
          options={[
            { value: 'own', label: 'Yours' },
            { value: 'all', label: "Everyone's" },
          ]}
        />
      )}
      <ProblemNote error={tokens.error} onRetry={() => void tokens.refetch()} />
      {(tokens.data !== undefined || tokens.error === null) && (
        <TokenTable
          tokens={tokens.data?.items}
          withUser={whose === 'all'}
          onRevoke={(token) => {
            setRevoked(token);
            revoke.show();
          }}
          empty={
            <EmptyState title="No token yet">
              Make one for CI, for a script, or let the command line make its own: <code>slipway login</code>
            </EmptyState>
          }
        />
      )}
      <CreateToken create={create} />
      <MadeToken token={made} onClose={() => setMade(undefined)} />
      <ConfirmDialog
        {...revoke.dialog}
        title={`Revoke ${revoked?.name}?`}
        tone="danger"
        confirmLabel="Revoke the token"
        pendingLabel="Revoking…"
        onConfirm={() => revoked && revoke.run({ params: { id: revoked.id } })}
      >
        <p>
          Whatever uses it is refused from now on. It begins with <code>{revoked?.hint}</code> and is of{' '}
          <span className={facts.strong}>{revoked?.user}</span>.
        </p>
      </ConfirmDialog>
    </Section>
  );
}
