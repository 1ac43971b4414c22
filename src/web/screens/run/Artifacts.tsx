import { api } from '../../../contract/index.ts';
import type { RunDetail } from '../../../contract/runs.ts';
import { origin } from '../../api/base.ts';
import { useApi } from '../../api/hooks.ts';
import { sizeText } from '../../lib/size.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import styles from './run.module.css';

/** What the jobs of a run put up, to be downloaded. */
export function Artifacts({ run }: { run: RunDetail }) {
  const { data, error, refetch } = useApi(api.listArtifacts, { params: { run: run.id } });
  if (error !== null)
    return <ProblemNote error={error} doing="Loading the artifacts" onRetry={() => void refetch()} />;
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Section title="Artifacts">
      <ul aria-label="Artifacts">
        {data.items.map(({ name, file, size_bytes }) => (
          <li key={name} className={styles.line}>
            <a href={`${origin}/api/v1/runs/${run.id}/artifacts/${encodeURIComponent(name)}`} download={file}>
              <Icon name="download" /> {name}
            </a>
            <span className={styles.quiet}>{sizeText(size_bytes)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
