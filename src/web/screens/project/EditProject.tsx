import type { api } from '../../../contract/index.ts';
import type { ProjectDetail } from '../../../contract/projects.ts';
import { type DialogAction, FormDialog } from '../../features/form/index.ts';
import { PlatformInput } from '../../features/projects/PlatformInput.tsx';
import { TeamSelect } from '../../features/teams/TeamSelect.tsx';
import { TextInput } from '../../ui/Field.tsx';

/** Renames a project, or gives it to another team. */
export function EditProject({
  project,
  edit,
}: {
  project: ProjectDetail;
  edit: DialogAction<typeof api.updateProject>;
}) {
  return (
    <FormDialog
      {...edit.dialog}
      title={`Edit ${project.name}`}
      description="Its id, its keys and its DSNs stay as they are, whatever is changed here."
      submitLabel="Save"
      pendingLabel="Saving…"
      onSubmit={(values) =>
        edit.run({
          params: { project: project.slug },
          body: {
            name: values.text('name'),
            slug: values.text('slug'),
            platform: values.text('platform') || null,
            team: values.text('team'),
          },
        })
      }
    >
      <TextInput
        label="Name"
        name="name"
        required
        maxLength={200}
        defaultValue={project.name}
        autoComplete="off"
      />
      <TextInput
        label="Slug"
        name="slug"
        required
        pattern="[a-z0-9][a-z0-9\-]{0,62}"
        title="Lower-case letters, digits and hyphens"
        hint="Its name in addresses and commands. The old one leads nowhere any more."
        defaultValue={project.slug}
        autoCapitalize="none"
        spellCheck={false}
        autoComplete="off"
      />
      <PlatformInput defaultValue={project.platform ?? ''} />
      <TeamSelect current={project.team} hint="Moving it takes a member of both teams, or an admin." />
    </FormDialog>
  );
}
