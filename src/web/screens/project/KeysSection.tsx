import { api } from '../../../contract/index.ts';
import type { ProjectDetail } from '../../../contract/projects.ts';
import { FormDialog, useDialogAction } from '../../features/form/index.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { TextInput } from '../../ui/Field.tsx';
import { Section } from '../../ui/Page.tsx';
import { KeyRow } from './KeyRow.tsx';
import styles from './project.module.css';

/** All keys that a project ever had, and how they are replaced. */
export function KeysSection({ project }: { project: ProjectDetail }) {
  const rotate = useDialogAction(api.rotateProjectKey);
  const create = useDialogAction(api.createProjectKey);
  const params = { project: project.slug };
  const newestFirst = [...project.keys].reverse();
  return (
    <Section
      title="Keys"
      actions={
        project.may_change && (
          <span className={styles.line}>
            <Button size="small" onClick={rotate.show}>
              Rotate
            </Button>
            <Button size="small" onClick={create.show}>
              New key
            </Button>
          </span>
        )
      }
    >
      <p className={styles.quiet}>{keysInWords(project)}</p>
      <ul className={styles.keys}>
        {newestFirst.map((key) => (
          <KeyRow key={key.public_key} project={project} projectKey={key} />
        ))}
      </ul>
      <ConfirmDialog
        {...rotate.dialog}
        title={`Rotate the key of ${project.name}?`}
        confirmLabel="Make the new key"
        pendingLabel="Rotating…"
        onConfirm={() => rotate.run({ params })}
      >
        <ol className={styles.steps}>
          <li>A new key is made. The DSN above is the one with the new key from then on.</li>
          <li>
            The keys that are active now become retiring. They are still accepted: nothing that is sent is
            lost.
          </li>
          <li>When everything sends with the new DSN, you revoke the old key.</li>
        </ol>
      </ConfirmDialog>
      <FormDialog
        {...create.dialog}
        title="New key"
        description="One more active key, beside those that there are: for another program, or another place that sends."
        submitLabel="Make the key"
        pendingLabel="Making…"
        onSubmit={(values) => create.run({ params, body: { label: values.text('label') } })}
      >
        <TextInput
          label="Label"
          name="label"
          maxLength={200}
          hint="What it is for. May be empty."
          autoComplete="off"
        />
      </FormDialog>
    </Section>
  );
}

/** How the keys stand, and what to do next. */
function keysInWords({ keys, may_change }: ProjectDetail): string {
  const count = (state: string) => keys.filter((key) => key.state === state).length;
  const retiring = count('retiring');
  if (count('active') + retiring === 0) return 'No key is accepted.';
  if (retiring === 0)
    return 'Rotating replaces a key without a gap: the old one is accepted until it is revoked.';
  const which = retiring === 1 ? 'A retiring key is' : `${retiring} retiring keys are`;
  return `${which} still accepted, so that nothing is lost while the new DSN finds its way. ${
    may_change
      ? `Revoke ${retiring === 1 ? 'it' : 'them'} when nothing sends with ${retiring === 1 ? 'it' : 'them'} any more.`
      : ''
  }`;
}
