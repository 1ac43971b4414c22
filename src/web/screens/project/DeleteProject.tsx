import type { api } from '../../../contract/index.ts';
import type { ProjectDetail } from '../../../contract/projects.ts';
import { type DialogAction, TypedConfirmation } from '../../features/form/index.ts';

/** Deletes a project for good. */
export function DeleteProject({
  project,
  remove,
}: {
  project: ProjectDetail;
  remove: DialogAction<typeof api.deleteProject>;
}) {
  const { slug, name } = project;
  return (
    <TypedConfirmation
      {...remove.dialog}
      title={`Delete ${name}?`}
      word={slug}
      submitLabel="Delete the project"
      pendingLabel="Deleting…"
      onConfirm={() => remove.run({ params: { project: slug }, query: { confirm: slug } })}
    >
      <p>
        The project goes with all its keys. What is sent with its DSNs is accepted no more, and no new project
        is given its id {project.id}, unless a file names it. This cannot be undone.
      </p>
    </TypedConfirmation>
  );
}
