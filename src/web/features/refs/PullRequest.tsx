import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { forgeOf } from '../../lib/forge.ts';
import styles from './refs.module.css';

/** The number of a pull request; a link where the repository's host is known. */
export function PullRequest({
  repository,
  number,
  tabbable = true,
}: {
  repository: string;
  number: number;
  tabbable?: boolean;
}) {
  const { data } = useApi(api.showRepository, { params: { repository } });
  const forge = data?.url ? forgeOf(data.url) : undefined;
  if (forge === undefined) return <span className={styles.pull}>#{number}</span>;
  return (
    <a
      className={styles.pull}
      href={forge.pullRequest(number)}
      target="_blank"
      rel="noreferrer"
      tabIndex={tabbable ? 0 : -1}
    >
      #{number}
    </a>
  );
}
