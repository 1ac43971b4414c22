import { useState } from 'react';
import { type ValueKind, valueNameProblem } from '../../../../contract/workflowRules.ts';
import { FormDialog, type FormDialogProps, problemAt } from '../../../features/form/index.ts';
import { TextArea, TextInput } from '../../../ui/Field.tsx';
import { kinds, type ListedValue } from './kinds.ts';
import { nameOfScope, type Scope } from './scope.ts';

/** How a value is stored. */
export interface Store {
  readonly dialog: Pick<FormDialogProps, 'open' | 'onClose' | 'pending' | 'error'>;
  run(value: { name: string; value: string }): void;
}

interface SetValueProps {
  readonly kind: ValueKind;
  readonly scope: Scope;
  /** The one whose value is replaced; undefined: a new one, or whatever is typed. */
  readonly replaced: ListedValue | undefined;
  readonly store: Store;
}

/** Asks for a secret or a variable. What is wrong with either field is said there. */
export function SetValue({ kind, scope, replaced, store }: SetValueProps) {
  const [nameProblem, setNameProblem] = useState<string>();
  const { verb, hint } = kinds[kind];
  const { open, error } = store.dialog;
  if (!open && nameProblem !== undefined) setNameProblem(undefined);
  const valueProblem = problemAt(error, 'body.items[0]');
  return (
    <FormDialog
      {...store.dialog}
      error={valueProblem === undefined ? error : null}
      title={replaced === undefined ? `${verb} a ${kind}` : `Replace ${replaced.name}`}
      description={`For workflows of ${scope.repository === undefined ? 'all repositories' : nameOfScope(scope)}.`}
      size="normal"
      submitLabel={replaced === undefined ? `${verb} the ${kind}` : 'Replace the value'}
      pendingLabel="Storing…"
      onSubmit={(values) => {
        const name = replaced?.name ?? values.text('name');
        const problem = valueNameProblem(name) ?? undefined;
        setNameProblem(problem);
        if (problem === undefined) store.run({ name, value: values.exact('value') });
      }}
    >
      {replaced === undefined && (
        <TextInput
          label="Name"
          name="name"
          required
          hint="Letters, digits and underscores; case does not count. If there is one of this name here, its value is replaced."
          problem={nameProblem && `It ${nameProblem}.`}
          onChange={() => setNameProblem(undefined)}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
      )}
      <TextArea
        label="Value"
        name="value"
        required={kind === 'secret'}
        rows={4}
        hint={hint}
        problem={valueProblem}
        defaultValue={replaced?.value}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </FormDialog>
  );
}
