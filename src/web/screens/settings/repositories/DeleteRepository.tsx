import { api } from '../../../../contract/index.ts';
import type { Repository } from '../../../../contract/repositories.ts';
import { TypedConfirmation, useDialogAction } from '../../../features/form/index.ts';
import { Button } from '../../../ui/Button.tsx';

/** Deletes a repository that no app is built from; its name is typed. */
export function DeleteRepository({ repository }: { repository: Repository }) {
  const { name, url } = repository;
  const remove = useDialogAction(api.deleteRepository);
  return (
    <>
      <Button size="small" tone="danger" aria-label={`Delete ${name}`} onClick={remove.show}>
        Delete
      </Button>
      <TypedConfirmation
        {...remove.dialog}
        title={`Delete ${name}?`}
        word={name}
        submitLabel="Delete the repository"
        pendingLabel="Deleting…"
        onConfirm={() => remove.run({ params: { repository: name }, query: { confirm: name } })}
      >
        <p>
          Its runs, their logs and artifacts, its webhook, secrets and variables go with it; what runs of it
          ends.{url === null && ' Its commits are lost, too: they are hosted here.'}
        </p>
        <p>A slipway.yml that names it makes it again, empty.</p>
      </TypedConfirmation>
    </>
  );
}
