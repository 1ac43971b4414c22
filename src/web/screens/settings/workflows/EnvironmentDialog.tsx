import { useState } from 'react';
import { api } from '../../../../contract/index.ts';
import type { WorkflowEnvironment } from '../../../../contract/workflowEnvironments.ts';
import { type Approval, approvals } from '../../../../contract/workflowRules.ts';
import { useApi } from '../../../api/hooks.ts';
import { type DialogAction, FormDialog, problemAt } from '../../../features/form/index.ts';
import { Checkbox, FieldProblem, Select, TextArea, TextInput } from '../../../ui/Field.tsx';
import facts from '../facts.module.css';
import { approvalLabels, type Problems, readEnvironment } from './environment.ts';

interface EnvironmentDialogProps {
  readonly repository: string;
  /** The one whose rules are changed; undefined: a new one. */
  readonly environment: WorkflowEnvironment | undefined;
  readonly taken: readonly string[];
  readonly save: DialogAction<typeof api.setWorkflowEnvironment>;
}

/** Declares an environment, or changes its rules. What is wrong is said at its field. */
export function EnvironmentDialog({ repository, environment, taken, save }: EnvironmentDialogProps) {
  const [problems, setProblems] = useState<Problems>({});
  const { open, error } = save.dialog;
  if (!open && Object.keys(problems).length > 0) setProblems({});
  const branchProblem = problemAt(error, 'body.branches');
  return (
    <FormDialog
      {...save.dialog}
      error={branchProblem === undefined ? error : null}
      title={environment === undefined ? `New environment of ${repository}` : `Rules of ${environment.name}`}
      size="normal"
      submitLabel={environment === undefined ? 'Declare it' : 'Save the rules'}
      pendingLabel="Saving…"
      onSubmit={(values) => {
        const read = readEnvironment(values, environment?.name, taken);
        setProblems('problems' in read ? read.problems : {});
        if ('problems' in read) return;
        save.run({ params: { repository, environment: read.name }, body: read.rules });
      }}
    >
      {environment === undefined && (
        <TextInput
          label="Name"
          name="name"
          required
          hint={
            <>
              As jobs say it: <code>environment: NAME</code>. Case does not count.
            </>
          }
          problem={problems.name}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
      <ApprovalFields environment={environment} problem={problems.teams} />
      <TextInput
        label="Wait, in minutes"
        name="wait"
        inputMode="numeric"
        hint="A job starts that long after its turn came. 0: at once."
        problem={problems.wait}
        defaultValue={environment?.wait_minutes ?? 0}
        autoComplete="off"
      />
      <TextArea
        label="Branches"
        name="branches"
        rows={3}
        hint={
          <>
            Only jobs of these may use it: a glob a line, <code>release/**</code>, or of whole refs,{' '}
            <code>refs/tags/v*</code>. Empty: all may.
          </>
        }
        problem={branchProblem}
        defaultValue={environment?.branches.join('\n')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </FormDialog>
  );
}

/** Who must agree; where teams must, which. */
function ApprovalFields({
  environment,
  problem,
}: {
  environment: WorkflowEnvironment | undefined;
  problem: string | undefined;
}) {
  const [approval, setApproval] = useState<Approval>(environment?.approval ?? 'none');
  const teams = useApi(api.listTeams, {}, { enabled: approval === 'teams' });
  return (
    <>
      <Select
        label="Who must agree first"
        name="approval"
        value={approval}
        options={approvals.map((value) => ({ value, label: approvalLabels[value] }))}
        onChange={({ target }) => setApproval(approvals.find((one) => one === target.value) ?? 'none')}
      />
      {approval !== 'none' && (
        <Checkbox
          name="prevent_self_review"
          label="Not who started the run"
          hint="Nobody lets in what they started, or had run again."
          defaultChecked={environment?.prevent_self_review}
        />
      )}
      {approval === 'teams' && (
        <fieldset className={facts.checks}>
          <legend>A member of one of these, or an admin</legend>
          {teams.data?.items.map(({ slug, name }) => (
            <Checkbox
              key={slug}
              name="teams"
              value={slug}
              label={name}
              defaultChecked={environment?.teams.includes(slug)}
            />
          ))}
          {problem && <FieldProblem role="alert">{problem}</FieldProblem>}
        </fieldset>
      )}
    </>
  );
}
