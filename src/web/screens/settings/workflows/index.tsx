import { api } from '../../../../contract/index.ts';
import { useApi } from '../../../api/hooks.ts';
import { paths } from '../../../app/paths.ts';
import { useHasRole } from '../../../app/session.ts';
import { useMayRun } from '../../../features/runs/useMayRun.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import facts from '../facts.module.css';
import { Environment } from './Environment.tsx';
import { Environments } from './Environments.tsx';
import { ScopeChoice } from './ScopeChoice.tsx';
import { Secrets } from './Secrets.tsx';
import { type Scope, useScope } from './scope.ts';
import { Variables } from './Variables.tsx';

/** What jobs of workflows see: secrets and variables, widest first, and the environments that jobs name. */
export default function WorkflowsSection() {
  const { scope, go } = useScope();
  const administers = useHasRole('admin');
  return (
    <>
      <ScopeChoice scope={scope} onChange={go} />
      {scope.repository === undefined ? (
        <>
          {!administers && <p className={facts.quiet}>Admins change these.</p>}
          <Values scope={scope} mayChange={administers} />
        </>
      ) : (
        <OfRepository key={scope.repository} repository={scope.repository} environment={scope.environment} />
      )}
    </>
  );
}

function OfRepository({ repository, environment }: { repository: string; environment: string | undefined }) {
  const mayChange = useMayRun(repository);
  const environments = useApi(api.listWorkflowEnvironments, { query: { repository } });
  return (
    <Loaded
      query={environments}
      label="Loading the environments"
      skeleton={<Skeleton lines={6} width="60%" />}
      elsewhere={<LinkButton to={paths.workflowSettings()}>Those of the organization</LinkButton>}
    >
      {({ items }) => {
        const whoMay = !mayChange && (
          <p className={facts.quiet}>
            Members of a team that has an app of {repository} change these, and admins.
          </p>
        );
        if (environment === undefined)
          return (
            <>
              {whoMay}
              <Environments repository={repository} environments={items} mayChange={mayChange} />
              <Values scope={{ repository }} mayChange={mayChange} />
            </>
          );
        const found = items.find(({ name }) => name.toLowerCase() === environment.toLowerCase());
        return found === undefined ? (
          <EmptyState
            title={`${repository} has no environment ${environment}`}
            action={
              <LinkButton to={paths.workflowSettings({ repository })}>Those of {repository}</LinkButton>
            }
          >
            A job may name it all the same: it then has no rules, and no secrets of its own.
          </EmptyState>
        ) : (
          <>
            {whoMay}
            <Environment environment={found} />
            <Values scope={{ repository, environment: found.name }} mayChange={mayChange} />
          </>
        );
      }}
    </Loaded>
  );
}

function Values({ scope, mayChange }: { scope: Scope; mayChange: boolean }) {
  return (
    <>
      <Secrets scope={scope} mayChange={mayChange} />
      <Variables scope={scope} mayChange={mayChange} />
    </>
  );
}
