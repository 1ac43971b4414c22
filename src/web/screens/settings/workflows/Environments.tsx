import { Link } from 'wouter';
import { api } from '../../../../contract/index.ts';
import type { WorkflowEnvironment } from '../../../../contract/workflowEnvironments.ts';
import { usePaletteActions } from '../../../app/palette/actions.ts';
import { paths } from '../../../app/paths.ts';
import { useDialogAction } from '../../../features/form/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/Page.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import facts from '../facts.module.css';
import { EnvironmentDialog } from './EnvironmentDialog.tsx';
import { approversText, waitText } from './environment.ts';
import { Globs } from './Globs.tsx';

interface EnvironmentsProps {
  readonly repository: string;
  readonly environments: readonly WorkflowEnvironment[];
  readonly mayChange: boolean;
}

/** The environments that were declared for a repository; each opens its own secrets and variables. */
export function Environments({ repository, environments, mayChange }: EnvironmentsProps) {
  const save = useDialogAction(api.setWorkflowEnvironment);
  usePaletteActions(() =>
    mayChange
      ? [
          {
            id: 'new-environment',
            label: 'New environment of workflows',
            group: 'This page',
            icon: 'plus',
            run: save.show,
          },
        ]
      : [],
  );
  return (
    <Section title="Environments" actions={mayChange && <Button onClick={save.show}>New environment</Button>}>
      <p className={facts.quiet}>
        A job that says <code>environment: NAME</code> keeps to its rules, and sees its secrets and variables.
        Nothing is deployed to them by Slipway.
      </p>
      <Table
        label="Environments"
        columns={columns}
        rows={environments}
        rowKey={({ name }) => name}
        empty={
          <EmptyState title="No environment is declared">
            {mayChange &&
              'Declare one where jobs must wait, ask somebody first, or have secrets of their own.'}
          </EmptyState>
        }
      />
      <EnvironmentDialog
        repository={repository}
        environment={undefined}
        taken={environments.map(({ name }) => name)}
        save={save}
      />
    </Section>
  );
}

const columns: readonly Column<WorkflowEnvironment>[] = [
  {
    key: 'name',
    header: 'Name',
    rowHeader: true,
    narrow: 'line',
    cell: ({ repository, name }) => (
      <Link href={paths.workflowSettings({ repository, environment: name })} className={facts.strong}>
        {name}
      </Link>
    ),
  },
  { key: 'approval', header: 'Must agree', grow: true, narrow: 'line', cell: (row) => approversText(row) },
  { key: 'wait', header: 'Wait', cell: ({ wait_minutes }) => waitText(wait_minutes) },
  { key: 'branches', header: 'Branches', cell: ({ branches }) => <Globs branches={branches} /> },
  {
    key: 'values',
    header: 'Its own',
    narrow: 'hide',
    cell: ({ secrets, variables }) => (
      <span className={facts.quiet}>
        {counted(secrets, 'secret')}, {counted(variables, 'variable')}
      </span>
    ),
  },
];

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
