import { api } from '../../../../contract/index.ts';
import { useApi } from '../../../api/hooks.ts';
import { useDialogAction } from '../../../features/form/index.ts';
import type { Scope } from './scope.ts';
import { ValueSection } from './ValueSection.tsx';

/** The secrets that a job there finds: stored, replaced and deleted, never shown. */
export function Secrets({ scope, mayChange }: { scope: Scope; mayChange: boolean }) {
  const listed = useApi(api.listWorkflowSecrets, { query: scope });
  const store = useDialogAction(api.setWorkflowSecrets);
  const remove = useDialogAction(api.deleteWorkflowSecret);
  return (
    <ValueSection
      kind="secret"
      {...{ scope, mayChange, listed }}
      store={{ ...store, run: (value) => store.run({ query: scope, body: { items: [value] } }) }}
      remove={{ ...remove, run: (name) => remove.run({ query: scope, params: { name } }) }}
    />
  );
}
