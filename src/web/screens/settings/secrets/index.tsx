import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../../../../contract/index.ts';
import { useApi } from '../../../api/hooks.ts';
import { usePaletteActions } from '../../../app/palette/actions.ts';
import { paths } from '../../../app/paths.ts';
import { useDialogAction } from '../../../features/form/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/Page.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { Time } from '../../../ui/Time.tsx';
import facts from '../facts.module.css';
import { SetSecret } from './SetSecret.tsx';

interface Secret {
  readonly name: string;
  readonly updated_at: string;
  readonly updated_by: string;
}

/** Secrets by name: stored, replaced and deleted, never shown. */
export default function SecretsSection() {
  const secrets = useApi(api.listSecrets, {});
  const [chosen, setChosen] = useState<Secret>();
  const store = useDialogAction(api.setSecret);
  const remove = useDialogAction(api.deleteSecret);
  const showStore = (secret?: Secret) => {
    setChosen(secret);
    store.show();
  };
  usePaletteActions(() => [
    { id: 'new-secret', label: 'Store a secret', group: 'This page', icon: 'plus', run: () => showStore() },
  ]);
  const columns: readonly Column<Secret>[] = [
    {
      key: 'name',
      header: 'Name',
      rowHeader: true,
      grow: true,
      narrow: 'line',
      cell: ({ name }) => (
        <span className={facts.line}>
          <code className={facts.strong}>{name}</code>
          <CopyButton text={referenceTo(name)} label={`Copy the reference to ${name}`} />
        </span>
      ),
    },
    {
      key: 'updated',
      header: 'Stored',
      cell: (secret) => (
        <>
          <Time at={secret.updated_at} /> <span className={facts.quiet}>by {secret.updated_by}</span>
        </>
      ),
    },
    {
      key: 'actions',
      header: <span className="visually-hidden">Actions</span>,
      align: 'end',
      cell: (secret) => (
        <span className={facts.actions}>
          <Button size="small" aria-label={`Replace ${secret.name}`} onClick={() => showStore(secret)}>
            Replace
          </Button>
          <Button
            size="small"
            tone="danger"
            aria-label={`Delete ${secret.name}`}
            onClick={() => {
              setChosen(secret);
              remove.show();
            }}
          >
            Delete
          </Button>
        </span>
      ),
    },
  ];
  return (
    <Section
      title="Stored secrets"
      actions={
        <Button tone="solid" onClick={() => showStore()}>
          Store a secret
        </Button>
      }
    >
      <p className={facts.quiet}>
        Configuration refers to one as <code>{referenceTo('NAME')}</code>. A deploy takes the value that is
        stored when it starts. Jobs of workflows see none of these: theirs are{' '}
        <Link href={paths.workflowSettings()}>elsewhere</Link>.
      </p>
      <ProblemNote error={secrets.error} onRetry={() => void secrets.refetch()} />
      {(secrets.data !== undefined || secrets.error === null) && (
        <Table
          label="Secrets"
          columns={columns}
          rows={secrets.data?.items}
          rowKey={(secret) => secret.name}
          likelyRows={3}
          empty={
            <EmptyState title="No secret is stored">
              Store what steps and credentials need: a token to fetch with, a key to release with.
            </EmptyState>
          }
        />
      )}
      <SetSecret replaced={chosen?.name} store={store} />
      <ConfirmDialog
        {...remove.dialog}
        title={`Delete ${chosen?.name}?`}
        tone="danger"
        confirmLabel="Delete the secret"
        pendingLabel="Deleting…"
        onConfirm={() => chosen && remove.run({ params: { name: chosen.name } })}
      >
        <p>
          Whatever refers to it fails from now on: deploys that name it, and fetches that need it. Its value
          cannot be brought back.
        </p>
      </ConfirmDialog>
    </Section>
  );
}

const referenceTo = (name: string): string => `\${secret:${name}}`;
