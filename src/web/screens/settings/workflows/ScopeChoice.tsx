import { api } from '../../../../contract/index.ts';
import { useApi } from '../../../api/hooks.ts';
import { Select } from '../../../ui/Field.tsx';
import facts from '../facts.module.css';
import type { Scope } from './scope.ts';
import styles from './workflows.module.css';

/** Whose are shown: the organization's, a repository's, or those of one of its environments. */
export function ScopeChoice({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const { repository, environment } = scope;
  const repositories = useApi(api.listRepositories, {}).data?.items.map(({ name }) => name) ?? [];
  const environments = useApi(
    api.listWorkflowEnvironments,
    { query: repository === undefined ? {} : { repository } },
    { enabled: repository !== undefined },
  );
  const named = environments.data?.items.map(({ name }) => name) ?? [];
  return (
    <div className={styles.choice}>
      <div className={styles.selects}>
        <Select
          label="Of"
          value={repository ?? ''}
          options={optionsOf('the organization', repositories, repository)}
          onChange={({ target: { value } }) => onChange(value === '' ? {} : { repository: value })}
        />
        {repository !== undefined && (
          <Select
            label="Environment"
            value={environment ?? ''}
            options={optionsOf('all jobs', named, environment)}
            onChange={({ target: { value } }) =>
              onChange(value === '' ? { repository } : { repository, environment: value })
            }
          />
        )}
      </div>
      <p className={facts.quiet}>
        {repository === undefined ? (
          'Workflows of all repositories see these.'
        ) : environment === undefined ? (
          `What jobs of ${repository} see. Of a name that is there twice, that of the repository counts.`
        ) : (
          <>
            What jobs of {repository} see that say <code>environment: {environment}</code>. Of a name that is
            there more than once, the narrowest counts.
          </>
        )}
      </p>
    </div>
  );
}

/** Also the one that the address names, though there may be none of that name. */
const optionsOf = (none: string, names: readonly string[], chosen: string | undefined) => [
  { value: '', label: none },
  ...[...new Set([...names, ...(chosen === undefined ? [] : [chosen])])].map((name) => ({
    value: name,
    label: name,
  })),
];
