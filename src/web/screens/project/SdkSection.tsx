import { useState } from 'react';
import type { ProjectDetail } from '../../../contract/projects.ts';
import { CopyBox } from '../../ui/CopyBox.tsx';
import { Section } from '../../ui/Page.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import styles from './project.module.css';
import { initCode, type Sdk, sdkFor, sdks } from './sdks.ts';

/** The lines to copy into a program so that it sends to this project. */
export function SdkSection({ project: { dsn, platform } }: { project: ProjectDetail }) {
  const [chosen, setChosen] = useState<string>();
  if (dsn === null) return null;
  return (
    <Section title="Set up an SDK">
      <Tabs
        label="Language"
        value={chosen ?? sdkFor(platform).id}
        onChange={setChosen}
        tabs={sdks.map((sdk) => ({
          value: sdk.id,
          label: sdk.name,
          content: <Instructions sdk={sdk} dsn={dsn} />,
        }))}
      />
    </Section>
  );
}

function Instructions({ sdk, dsn }: { sdk: Sdk; dsn: string }) {
  return (
    <div className={styles.instructions}>
      <h3>Install</h3>
      <CopyBox text={sdk.install} label="Copy what installs it" name="Install" />
      <h3>{sdk.place}</h3>
      <CopyBox text={initCode(sdk, dsn)} label="Copy the code" name={`Code for ${sdk.name}`} />
      {sdk.note !== undefined && <p className={styles.quiet}>{sdk.note}</p>}
    </div>
  );
}
