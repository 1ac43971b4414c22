import type { RunDetail } from '../../../contract/runs.ts';
import { Banner } from '../../ui/Banner.tsx';
import styles from './run.module.css';

/** Why a workflow could not be planned, each with its place. */
export function Findings({ findings }: { findings: RunDetail['findings'] }) {
  if (findings.length === 0) return null;
  return (
    <Banner tone="bad" title="The workflow could not be planned">
      <ul className={styles.findings}>
        {findings.map(({ file, line, column, message }) => (
          <li key={`${file}:${line}:${column} ${message}`}>
            <code>
              {file}:{line}:{column}
            </code>{' '}
            {message}
          </li>
        ))}
      </ul>
      <p>Push a commit that puts it right: this run stays as it is.</p>
    </Banner>
  );
}
