import type { ReactNode } from 'react';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import { useHasRole } from '../../app/session.ts';
import { CopyBox } from '../../ui/CopyBox.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { smallestFile } from './smallestFile.ts';
import styles from './welcome.module.css';

/** How one begins: with the sample, or with a repository of one's own; then people. */
export function FirstSteps() {
  const apps = useApi(api.listApps, {}).data?.items ?? [];
  const isAdmin = useHasRole('admin');
  return (
    <ol className={styles.steps}>
      {apps.length > 0 && <WhatIsHere names={apps.map((app) => app.name)} />}
      <Step title="A repository of your own">
        <p>
          Write a <code>slipway.yml</code>: which repository, which steps release it, and where to. This is
          all it takes; every other setting has a default.
        </p>
        <CopyBox text={smallestFile} label="Copy slipway.yml" name="The smallest slipway.yml" />
        <p>Show what it would change, then make it so:</p>
        <CopyBox
          text={'slipway plan slipway.yml\nslipway apply slipway.yml'}
          label="Copy the commands"
          name="Commands"
        />
        {isAdmin ? (
          <p>
            Or paste it into <TextLink to={paths.settings('configuration')}>Settings, Configuration</TextLink>
            : the same plan, and the same button behind it.
          </p>
        ) : (
          <p className={styles.quiet}>This takes an admin.</p>
        )}
      </Step>
      <Step title="Or the sample, to look around">
        <p>
          Two apps with a history, their "machines" and their pages, all on this computer. Start it in a
          directory of its own, so that nothing of yours is touched:
        </p>
        <CopyBox
          text="SLIPWAY_DATA_DIR=/tmp/slipway-sample SLIPWAY_PORT=7080 slipway up --sample"
          label="Copy the command"
          name="Command"
          wrap
        />
      </Step>
      <Step title="The others">
        <p>
          Members deploy the apps of their teams, viewers look on, admins change what is declared. Each signs
          in with a password; machines have tokens.
        </p>
        <CopyBox
          text="slipway users add ada --role member --team web --password"
          label="Copy the command"
          name="Command"
          wrap
        />
      </Step>
      <Step title="Then">
        <p>
          <Kbd keys="mod+k" /> finds every app, deploy and action, and <Kbd keys="?" /> lists the keys. To
          ship, open an app and choose a commit. To go back, one button: wherever something is live, and in
          the palette.
        </p>
      </Step>
    </ol>
  );
}

const mostNamed = 6;

function WhatIsHere({ names }: { names: readonly string[] }) {
  return (
    <Step title="What is here">
      <p>
        {names.length === 1 ? 'One app' : `${names.length} apps`}:{' '}
        {names.slice(0, mostNamed).map((name, index) => (
          <span key={name}>
            {index > 0 && ', '}
            <TextLink to={paths.app(name)}>{name}</TextLink>
          </span>
        ))}
        {names.length > mostNamed && ` and ${names.length - mostNamed} more`}.
      </p>
    </Step>
  );
}

const Step = ({ title, children }: { title: string; children: ReactNode }) => (
  <li className={styles.step}>
    <h2>{title}</h2>
    {children}
  </li>
);
