import { useState } from 'react';
import type { ProjectDetail } from '../../../contract/projects.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { CopyBox } from '../../ui/CopyBox.tsx';
import { Section } from '../../ui/Page.tsx';
import styles from './project.module.css';

/** The address that an SDK is given. */
export function DsnSection({ project }: { project: ProjectDetail }) {
  return (
    <Section title="DSN">
      {project.dsn === null ? (
        <NoDsn mayChange={project.may_change} />
      ) : (
        <>
          <p className={styles.quiet}>
            What an SDK is given, to know where to send errors. It may be seen by anyone who uses your
            software.
          </p>
          <CopyBox text={project.dsn} label="Copy the DSN" name="DSN" wrap />
          <SecretDsn project={project} />
        </>
      )}
    </Section>
  );
}

function NoDsn({ mayChange }: { mayChange: boolean }) {
  return (
    <Banner tone="needs-you" icon="project" title="Nothing that is sent to this project is accepted">
      All its keys are revoked.{' '}
      {mayChange
        ? 'Make a new key below, and give its DSN to your SDK.'
        : 'A member of its team can make a new key.'}
    </Banner>
  );
}

/** Shown on request only: somebody may be looking over a shoulder. */
function SecretDsn({ project: { secret_dsn, may_change } }: { project: ProjectDetail }) {
  const [revealed, setRevealed] = useState(false);
  if (secret_dsn === null)
    return may_change ? <p className={styles.quiet}>This key has no secret part.</p> : null;
  if (!revealed)
    return (
      <p className={styles.line}>
        <Button size="small" onClick={() => setRevealed(true)}>
          Show with its secret key
        </Button>
        <span className={styles.quiet}>
          For servers that must prove who they are. Never for a browser or an app.
        </span>
      </p>
    );
  return (
    <>
      <CopyBox
        text={secret_dsn}
        label="Copy the DSN with its secret key"
        name="DSN with its secret key"
        wrap
      />
      <p className={styles.line}>
        <Button size="small" onClick={() => setRevealed(false)}>
          Hide the secret key
        </Button>
        <span className={styles.quiet}>
          Whoever has it can act as this project. Keep it out of code and logs.
        </span>
      </p>
    </>
  );
}
