import { api } from '../../../../contract/index.ts';
import { useApi } from '../../../api/hooks.ts';
import { paths } from '../../../app/paths.ts';
import { useHasRole } from '../../../app/session.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { RepositoryRow } from './RepositoryRow.tsx';
import styles from './repositories.module.css';

/** Repositories, and whether they can be fetched. */
export default function RepositoriesSection() {
  const repositories = useApi(api.listRepositories, {});
  const administers = useHasRole('admin');
  return (
    <Loaded
      query={repositories}
      label="Loading the repositories"
      skeleton={<Skeleton lines={8} width="60%" />}
    >
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState
            title="No repository yet"
            action={
              administers && (
                <LinkButton to={paths.settings('configuration')}>Apply a configuration</LinkButton>
              )
            }
          >
            Repositories are declared in slipway.yml, with the credential that may read them.
          </EmptyState>
        ) : (
          <ul className={styles.list}>
            {items.map((repository) => (
              <RepositoryRow key={repository.name} repository={repository} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
