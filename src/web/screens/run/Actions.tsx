import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../../contract/index.ts';
import type { RunDetail } from '../../../contract/runs.ts';
import { useAction } from '../../api/hooks.ts';
import { type PaletteAction, usePaletteActions } from '../../app/palette/actions.ts';
import { paths } from '../../app/paths.ts';
import work from '../../features/log/work.module.css';
import { useMayRun } from '../../features/runs/useMayRun.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

/** What can be done about a run. What failed is said below the buttons. */
export function Actions({ run }: { run: RunDetail }) {
  const [, go] = useLocation();
  const mayRun = useMayRun(run.repository);
  const [asking, setAsking] = useState(false);
  const params = { run: run.id };
  const rerun = useAction(api.rerunRun, { onSuccess: () => go(paths.run(run.id)) });
  const again = (only: 'all' | 'failed') => () => rerun.mutate({ params, body: { only } });
  const offers = offersOf(run, mayRun);
  usePaletteActions(() => {
    const action = (id: string, label: string, icon: PaletteAction['icon'] & string, act: () => void) =>
      ({
        id: `run-${id}`,
        label: `${label} ${run.name}`,
        group: 'This page',
        icon,
        run: act,
      }) satisfies PaletteAction;
    return [
      ...(offers.failed ? [action('failed', 'Re-run failed jobs of', 'retry', again('failed'))] : []),
      ...(offers.all ? [action('all', 'Re-run all jobs of', 'retry', again('all'))] : []),
      ...(offers.cancel ? [action('cancel', 'Cancel', 'stop', () => setAsking(true))] : []),
    ];
  });
  return (
    <div className={work.deeds}>
      <div className={work.buttons}>
        {offers.failed && (
          <Button tone="solid" pending={rerun.isPending} onClick={again('failed')}>
            <Icon name="retry" /> Re-run failed
          </Button>
        )}
        {offers.all && (
          <Button pending={rerun.isPending} onClick={again('all')}>
            <Icon name="retry" /> Re-run all
          </Button>
        )}
        {offers.cancel && (
          <Button tone="danger" onClick={() => setAsking(true)}>
            <Icon name="stop" /> Cancel
          </Button>
        )}
      </div>
      <ProblemNote error={rerun.error} doing="Re-running" />
      <CancelRun run={run} open={asking} onClose={() => setAsking(false)} />
    </div>
  );
}

function offersOf({ conclusion, cancel_requested, findings, jobs }: RunDetail, mayRun: boolean) {
  const isOver = conclusion !== null && findings.length === 0;
  return {
    all: mayRun && isOver,
    failed: mayRun && isOver && jobs.failure + jobs.cancelled > 0,
    cancel: mayRun && conclusion === null && cancel_requested === null,
  };
}

function CancelRun({ run, open, onClose }: { run: RunDetail; open: boolean; onClose: () => void }) {
  const cancel = useAction(api.cancelRun, { onSuccess: onClose });
  const close = () => {
    cancel.reset();
    onClose();
  };
  const running = run.jobs.running;
  return (
    <ConfirmDialog
      open={open}
      onClose={close}
      title={`Cancel ${run.name}?`}
      tone="danger"
      confirmLabel="Cancel the run"
      pendingLabel="Cancelling…"
      keepLabel="Let it go on"
      onConfirm={() => cancel.mutate({ params: { run: run.id } })}
      pending={cancel.isPending}
      error={cancel.error}
    >
      <p>
        {running === 0
          ? 'None of its jobs is running: what waits will not start.'
          : `${running === 1 ? 'One job is' : `${running} jobs are`} ended where they are, with all their processes; what waits will not start. What was done until then is not undone.`}
      </p>
    </ConfirmDialog>
  );
}
