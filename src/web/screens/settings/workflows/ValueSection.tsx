import { useState } from 'react';
import type { ValueKind } from '../../../../contract/workflowRules.ts';
import { usePaletteActions } from '../../../app/palette/actions.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Section } from '../../../ui/Page.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { kinds, type ListedValue } from './kinds.ts';
import { SetValue, type Store } from './SetValue.tsx';
import type { Scope } from './scope.ts';
import { ValueTable } from './ValueTable.tsx';

interface ValueSectionProps {
  readonly kind: ValueKind;
  readonly scope: Scope;
  readonly mayChange: boolean;
  readonly listed: {
    readonly data: { readonly items: readonly ListedValue[] } | undefined;
    readonly error: Error | null;
    refetch(): unknown;
  };
  readonly store: Store & { show(): void };
  readonly remove: Pick<Store, 'dialog'> & { show(): void; run(name: string): void };
}

/** The values of a kind that a job of this scope finds, and what may be done to those that are its own. */
export function ValueSection({ kind, scope, mayChange, listed, store, remove }: ValueSectionProps) {
  const [chosen, setChosen] = useState<ListedValue>();
  const { title, verb } = kinds[kind];
  const label = `${verb} a ${kind}`;
  const show = (dialog: { show(): void }, value?: ListedValue) => {
    setChosen(value);
    dialog.show();
  };
  usePaletteActions(() =>
    mayChange ? [{ id: `new-${kind}`, label, group: 'This page', icon: 'plus', run: () => show(store) }] : [],
  );
  return (
    <Section title={title} actions={mayChange && <Button onClick={() => show(store)}>{label}</Button>}>
      <ProblemNote error={listed.error} onRetry={() => void listed.refetch()} />
      {(listed.data !== undefined || listed.error === null) && (
        <ValueTable
          kind={kind}
          scope={scope}
          values={listed.data?.items}
          changes={
            mayChange
              ? {
                  onReplace: (value) => show(store, value),
                  onDelete: (value) => show(remove, value),
                }
              : undefined
          }
        />
      )}
      <SetValue kind={kind} scope={scope} replaced={chosen} store={store} />
      <ConfirmDialog
        {...remove.dialog}
        title={`Delete ${chosen?.name}?`}
        tone="danger"
        confirmLabel={`Delete the ${kind}`}
        pendingLabel="Deleting…"
        onConfirm={() => chosen && remove.run(chosen.name)}
      >
        <p>
          Jobs that start from now on find {scope.repository === undefined ? 'none' : 'that of a wider level'}{' '}
          under this name{scope.repository === undefined ? '' : ', or none'}; jobs that run keep what they
          have. {kind === 'secret' && 'Its value cannot be brought back.'}
        </p>
      </ConfirmDialog>
    </Section>
  );
}
