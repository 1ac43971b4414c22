import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../../contract/index.ts';
import type { WorkflowFile } from '../../../contract/runs.ts';
import { useAction, useApi } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import { Select } from '../../ui/Field.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Loading, Skeleton } from '../../ui/Skeleton.tsx';
import { FormDialog, type FormValues } from '../form/index.ts';
import { RefField } from '../refs/index.ts';
import { InputField } from './InputField.tsx';
import { inputsOf, problemOfInput } from './inputs.ts';
import { useStartedRun } from './useStartedRun.ts';

export interface DispatchDialogProps {
  readonly repository: string | undefined;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Starts a workflow by hand: which, at which ref, with which inputs; then goes to its run. */
export default function DispatchDialog({ repository: first, open, onClose }: DispatchDialogProps) {
  const [, go] = useLocation();
  const repositories = useApi(api.listRepositories, {}).data?.items ?? [];
  const [chosen, setChosen] = useState(first);
  const repository = chosen ?? repositories[0]?.name;
  const known = repositories.find(({ name }) => name === repository);
  const [typedRef, setRef] = useState('');
  const ref = typedRef || known?.default_branch || '';
  const [wanted, setWanted] = useState<string>();
  const workflows = useApi(
    api.listWorkflows,
    { params: { repository: repository ?? '' }, query: ref === '' ? {} : { ref } },
    { enabled: open && known !== undefined && ref !== '' },
  );
  const offered = workflows.data?.items.filter(({ inputs }) => inputs !== null) ?? [];
  const workflow = offered.find(({ file }) => file === wanted) ?? offered[0];
  const start = useAction(api.dispatchWorkflow);
  const waiting = useStartedRun(start.data?.trigger, (run) => {
    onClose();
    go(paths.run(run.id));
  });
  const submit = (values: FormValues) => {
    if (workflow === undefined || repository === undefined) return;
    const inputs = inputsOf(workflow.inputs ?? [], values);
    start.mutate({ params: { repository }, body: { workflow: workflow.file, ref, inputs } });
  };
  const atField = workflow?.inputs?.some(({ name }) => problemOfInput(start.error, name) !== undefined);
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="Start a workflow"
      size="normal"
      submitLabel="Start it"
      pendingLabel="Starting…"
      pending={start.isPending || waiting}
      disabled={workflow === undefined || workflow.findings.length > 0}
      error={atField ? null : start.error}
      onSubmit={submit}
    >
      <Select
        label="Repository"
        value={repository ?? ''}
        options={repositories.map(({ name }) => ({ value: name, label: name }))}
        onChange={(event) => {
          setChosen(event.target.value);
          setRef('');
          setWanted(undefined);
        }}
      />
      {repository !== undefined && (
        <RefField label="At" repository={repository} value={ref} onChange={setRef} withCommits />
      )}
      <ProblemNote error={known === undefined ? null : workflows.error} doing="Reading its workflows" />
      {workflows.isPending && known !== undefined && ref !== '' && (
        <Loading label="Reading its workflows">
          <Skeleton lines={2} width="60%" />
        </Loading>
      )}
      {workflows.data !== undefined && offered.length === 0 && (
        <Unstartable ref={ref} workflows={workflows.data.items} />
      )}
      {workflow !== undefined && (
        <>
          <Select
            label="Workflow"
            value={workflow.file}
            hint={workflow.file}
            options={offered.map(({ file, name }) => ({ value: file, label: name }))}
            onChange={(event) => setWanted(event.target.value)}
          />
          {workflow.findings.map(({ message, line, column }) => (
            <p key={`${line}:${column}`} role="alert">
              <code>
                {workflow.file}:{line}:{column}
              </code>{' '}
              {message}
            </p>
          ))}
          {workflow.inputs?.map((input) => (
            <InputField
              key={`${workflow.file} ${input.name}`}
              input={input}
              problem={problemOfInput(start.error, input.name)}
            />
          ))}
        </>
      )}
    </FormDialog>
  );
}

function Unstartable({ ref, workflows }: { ref: string; workflows: readonly WorkflowFile[] }) {
  if (workflows.length === 0)
    return (
      <p>
        There is no workflow at {ref}: none in <code>.github/workflows</code>.
      </p>
    );
  return (
    <p>
      None of its workflows ({workflows.map(({ name }) => name).join(', ')}) can be started by hand: that
      takes <code>workflow_dispatch</code> in its <code>on:</code>.
    </p>
  );
}
