import { useLocation } from 'wouter';
import { api } from '../../../../contract/index.ts';
import type { WorkflowEnvironment } from '../../../../contract/workflowEnvironments.ts';
import { paths } from '../../../app/paths.ts';
import { TypedConfirmation, useDialogAction } from '../../../features/form/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Section } from '../../../ui/Page.tsx';
import { Time } from '../../../ui/Time.tsx';
import facts from '../facts.module.css';
import { EnvironmentDialog } from './EnvironmentDialog.tsx';
import { approversText, waitText } from './environment.ts';
import { Globs } from './Globs.tsx';

/** The rules of one environment; they are changed, and it is deleted, by whom the server would let. */
export function Environment({ environment }: { environment: WorkflowEnvironment }) {
  const { repository, name, approval, branches, may_change: mayChange } = environment;
  const [, go] = useLocation();
  const save = useDialogAction(api.setWorkflowEnvironment);
  const remove = useDialogAction(api.deleteWorkflowEnvironment, () =>
    go(paths.workflowSettings({ repository }), { replace: true }),
  );
  return (
    <Section
      title={`Rules of ${name}`}
      actions={
        mayChange && (
          <span className={facts.actions}>
            <Button onClick={save.show}>Change the rules</Button>
            <Button tone="danger" onClick={remove.show}>
              Delete
            </Button>
          </span>
        )
      }
    >
      <dl className={facts.facts}>
        <dt>Must agree</dt>
        <dd>{approversText(environment)}</dd>
        <dt>Wait</dt>
        <dd>{waitText(environment.wait_minutes)}</dd>
        <dt>Branches</dt>
        <dd>
          <Globs branches={branches} />
        </dd>
        <dt>Changed</dt>
        <dd>
          <Time at={environment.updated_at} /> by {environment.updated_by}
        </dd>
      </dl>
      {!mayChange && approval !== 'none' && (
        <p className={facts.quiet}>
          Its rules are changed by {environment.prevent_self_review ? 'admins' : 'those who may agree'} only:
          nobody takes away that somebody else has to.
        </p>
      )}
      <EnvironmentDialog repository={repository} environment={environment} taken={[]} save={save} />
      <TypedConfirmation
        {...remove.dialog}
        title={`Delete ${repository}/${name}?`}
        word={name}
        submitLabel="Delete the environment"
        pendingLabel="Deleting…"
        onConfirm={() => remove.run({ params: { repository, environment: name }, query: { confirm: name } })}
      >
        <p>{whatItMeans(environment)}</p>
      </TypedConfirmation>
    </Section>
  );
}

function whatItMeans({ secrets, variables }: WorkflowEnvironment): string {
  const values = secrets + variables;
  const lost =
    values === 0 ? '' : `All that it has goes with it: secrets (${secrets}) and variables (${variables}). `;
  return `${lost}A job that names it afterwards finds one without rules: it need not wait, and nobody is asked.`;
}
