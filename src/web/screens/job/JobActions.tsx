import { useLocation } from 'wouter';
import { api } from '../../../contract/index.ts';
import type { WorkflowJobDetail } from '../../../contract/runs.ts';
import { useAction } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import work from '../../features/log/work.module.css';
import { useMayRun } from '../../features/runs/useMayRun.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

/** Runs this job again, with those that need it, once its run has ended. */
export function JobActions({ job }: { job: WorkflowJobDetail }) {
  const { run } = job;
  const [, go] = useLocation();
  const mayRun = useMayRun(run.repository);
  const rerun = useAction(api.rerunRun, { onSuccess: () => go(paths.run(run.id)) });
  if (!mayRun || run.conclusion === null || job.attempt !== run.attempt) return null;
  const again = () => rerun.mutate({ params: { run: run.id }, body: { job: job.id } });
  return (
    <div className={work.deeds}>
      <div className={work.buttons}>
        <Button pending={rerun.isPending} pendingLabel="Re-running…" onClick={again}>
          <Icon name="retry" /> Re-run this job
        </Button>
      </div>
      <ProblemNote error={rerun.error} doing="Re-running" />
    </div>
  );
}
