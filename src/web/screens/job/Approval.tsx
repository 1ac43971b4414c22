import { useState } from 'react';
import { api } from '../../../contract/index.ts';
import type { WorkflowJobDetail } from '../../../contract/runs.ts';
import { useAction } from '../../api/hooks.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ProblemNote, sentence } from '../../ui/ProblemNote.tsx';
import styles from './job.module.css';

/** Lets a job into its environment, or refuses it; who may do neither reads who can. */
export function Approval({ job }: { job: WorkflowJobDetail }) {
  const { approval } = job;
  if (approval === null) return null;
  if (approval.may_approve) return <Verdict job={job} />;
  return (
    <Banner title={`You may not let ${job.name} into ${job.environment}`}>
      {sentence(`that takes ${approval.approvers}`)}
    </Banner>
  );
}

function Verdict({ job }: { job: WorkflowJobDetail }) {
  const [reason, setReason] = useState('');
  const decide = useAction(api.approveJob);
  const say = (approve: boolean) => () =>
    decide.mutate({ params: { job: job.id }, body: { approve, reason: reason.trim() } });
  return (
    <Banner tone="needs-you" title={`${job.name} waits to be let into ${job.environment}`}>
      <div className={styles.approval}>
        <TextInput
          label="Reason"
          hint="Kept in the audit log; it may be left empty."
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <div className={styles.verdicts}>
          <Button tone="solid" pending={decide.isPending} onClick={say(true)}>
            <Icon name="check" /> Approve
          </Button>
          <Button tone="danger" pending={decide.isPending} onClick={say(false)}>
            <Icon name="close" /> Refuse
          </Button>
        </div>
      </div>
      <ProblemNote error={decide.error} doing="Deciding" />
    </Banner>
  );
}
