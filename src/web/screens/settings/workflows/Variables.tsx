import { api } from '../../../../contract/index.ts';
import { useApi } from '../../../api/hooks.ts';
import { useDialogAction } from '../../../features/form/index.ts';
import type { Scope } from './scope.ts';
import { ValueSection } from './ValueSection.tsx';

/** The variables that a job there finds. */
export function Variables({ scope, mayChange }: { scope: Scope; mayChange: boolean }) {
  const listed = useApi(api.listVariables, { query: scope });
  const store = useDialogAction(api.setVariables);
  const remove = useDialogAction(api.deleteVariable);
  return (
    <ValueSection
      kind="variable"
      {...{ scope, mayChange, listed }}
      store={{ ...store, run: (value) => store.run({ query: scope, body: { items: [value] } }) }}
      remove={{ ...remove, run: (name) => remove.run({ query: scope, params: { name } }) }}
    />
  );
}
