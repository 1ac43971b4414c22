import { useState } from 'react';
import { api } from '../../../contract/index.ts';
import type { KeyState, ProjectDetail, ProjectKey } from '../../../contract/projects.ts';
import { useAction } from '../../api/hooks.ts';
import { FormDialog, useDialogAction } from '../../features/form/index.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyBox } from '../../ui/CopyBox.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { TextInput } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './project.module.css';
import { RevokeKey } from './RevokeKey.tsx';

interface KeyProps {
  readonly project: ProjectDetail;
  readonly projectKey: ProjectKey;
}

/** A key: how it stands, its DSN, and what can be done with it. */
export function KeyRow({ project, projectKey: key }: KeyProps) {
  const [shown, setShown] = useState(false);
  const change = useAction(api.updateProjectKey);
  const label = useDialogAction(api.updateProjectKey);
  const revoke = useDialogAction(api.updateProjectKey);
  const params = { project: project.slug, key: key.public_key };
  const become = (state: KeyState) => change.mutate({ params, body: { state } });
  const entries: MenuEntry[] = [
    { label: key.label === '' ? 'Label…' : 'Change its label…', onSelect: label.show },
    ...(key.state === 'active'
      ? [{ label: 'Retire', hint: 'accepted, not handed out', onSelect: () => become('retiring') }]
      : [{ label: 'Activate', onSelect: () => become('active') }]),
    'separator',
    { label: 'Revoke…', icon: 'stop', danger: true, onSelect: revoke.show },
  ];
  return (
    <li className={styles.key} data-key={key.public_key}>
      <span>
        <StateMark state={`key_${key.state}`} />
      </span>
      <div className={styles.keyName}>
        <span className={styles.line}>
          <code className={key.state === 'revoked' ? styles.revoked : undefined}>{key.public_key}</code>
          <CopyButton text={key.public_key} label="Copy the public key" />
        </span>
        <span className={styles.quiet}>
          {key.label !== '' && <strong className={styles.label}>{key.label}</strong>}
          <Since projectKey={key} />
        </span>
      </div>
      <span className={styles.keyActions}>
        {key.dsn !== null && (
          <Button size="small" tone="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {shown ? 'Hide DSN' : 'DSN'}
          </Button>
        )}
        {project.may_change && key.state === 'retiring' && (
          <Button size="small" tone="danger" onClick={revoke.show}>
            Revoke
          </Button>
        )}
        {project.may_change && key.state !== 'revoked' && (
          <Menu
            label={`Actions of key ${key.public_key.slice(0, 8)}`}
            entries={entries}
            size="small"
            tone="quiet"
            pending={change.isPending}
          >
            <Icon name="more" />
          </Menu>
        )}
      </span>
      {shown && key.dsn !== null && (
        <div className={styles.keyDsn}>
          <CopyBox
            text={key.dsn}
            label="Copy its DSN"
            name={`DSN of key ${key.public_key.slice(0, 8)}`}
            wrap
          />
        </div>
      )}
      {change.error && (
        <div className={styles.keyDsn}>
          <ProblemNote error={change.error} />
        </div>
      )}
      <FormDialog
        {...label.dialog}
        title="Label of the key"
        description={key.public_key}
        submitLabel="Save"
        pendingLabel="Saving…"
        onSubmit={(values) => label.run({ params, body: { label: values.text('label') } })}
      >
        <TextInput label="Label" name="label" maxLength={200} defaultValue={key.label} autoComplete="off" />
      </FormDialog>
      <RevokeKey project={project} projectKey={key} revoke={revoke} />
    </li>
  );
}

function Since({ projectKey: key }: { projectKey: ProjectKey }) {
  if (key.revoked_at !== null)
    return (
      <>
        Revoked <Time at={key.revoked_at} />
      </>
    );
  if (key.state === 'retiring' && key.retiring_at !== null)
    return (
      <>
        Retiring since <Time at={key.retiring_at} />
      </>
    );
  return (
    <>
      Created <Time at={key.created_at} />
    </>
  );
}
