import type { api } from '../../../contract/index.ts';
import type { ProjectDetail, ProjectKey } from '../../../contract/projects.ts';
import { type DialogAction, TypedConfirmation } from '../../features/form/index.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface RevokeKeyProps {
  readonly project: ProjectDetail;
  readonly projectKey: ProjectKey;
  readonly revoke: DialogAction<typeof api.updateProjectKey>;
}

/** Ends a key for good. The last one that is accepted takes the slug of the project: then nothing is accepted. */
export function RevokeKey({ project, projectKey: key, revoke }: RevokeKeyProps) {
  const params = { project: project.slug, key: key.public_key };
  const isLast = project.keys.every((other) => other === key || other.state === 'revoked');
  const words = {
    title: `Revoke key ${key.public_key.slice(0, 8)}?`,
    pendingLabel: 'Revoking…',
  };
  if (isLast)
    return (
      <TypedConfirmation
        {...revoke.dialog}
        {...words}
        word={project.slug}
        submitLabel="Revoke the key"
        onConfirm={() => revoke.run({ params, query: { confirm: project.slug }, body: { state: 'revoked' } })}
      >
        <p>
          It is the last key that {project.name} accepts: without it nothing that is sent there is accepted.
          Rotate first if something still sends. A revoked key stays revoked.
        </p>
      </TypedConfirmation>
    );
  return (
    <ConfirmDialog
      {...revoke.dialog}
      {...words}
      tone="danger"
      confirmLabel="Revoke the key"
      onConfirm={() => revoke.run({ params, body: { state: 'revoked' } })}
    >
      <p>
        What still sends with it is accepted no more. A revoked key stays revoked; if something is lost, give
        it the DSN of another key.
      </p>
    </ConfirmDialog>
  );
}
