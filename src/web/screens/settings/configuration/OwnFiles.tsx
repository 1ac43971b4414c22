import { api } from '../../../../contract/index.ts';
import { type Plan, planChanges, type WatchedFile } from '../../../../contract/provisioning.ts';
import { useAction, useApi } from '../../../api/hooks.ts';
import { usePaletteActions } from '../../../app/palette/actions.ts';
import { Button } from '../../../ui/Button.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Section } from '../../../ui/Page.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import facts from '../facts.module.css';
import { Applied } from './Applied.tsx';
import { ApplyButton } from './ApplyButton.tsx';
import styles from './configuration.module.css';
import { PlanView } from './PlanView.tsx';
import { ProblemList } from './ProblemList.tsx';

/** The files that the server was started with, and what has changed in them since they were applied. */
export function OwnFiles() {
  const files = useApi(api.watchedFiles, {}, { fresh: true });
  const apply = useAction(api.applyWatchedFiles, { onSuccess: () => void files.refetch() });
  const plans = (files.data?.items ?? []).flatMap(({ plan }) => (plan === null ? [] : [plan]));
  const pending = plans.filter(planChanges);
  const hasProblem = files.data?.items.some((file) => file.problem !== null) ?? false;
  usePaletteActions(() => [
    {
      id: 'look-at-files',
      label: "Compare the server's files again",
      group: 'This page',
      icon: 'retry',
      run: () => void files.refetch(),
    },
  ]);
  return (
    <Section
      title="The server's own files"
      actions={
        files.data &&
        files.data.items.length > 0 && (
          <Button
            size="small"
            pending={files.isFetching}
            pendingLabel="Comparing…"
            onClick={() => void files.refetch()}
          >
            Compare again
          </Button>
        )
      }
    >
      <Loaded query={files} label="Comparing the files" skeleton={<Skeleton lines={3} width="50%" />}>
        {({ items }) => (
          <>
            {items.length === 0 && (
              <p className={facts.quiet}>
                This server was started without one. With <code>SLIPWAY_CONFIG</code> or{' '}
                <code>SLIPWAY_FIXTURES</code> it applies a file on its start, and shows here when the file
                changes.
              </p>
            )}
            {items.map((file) => (
              <OwnFile key={file.file} file={file} />
            ))}
          </>
        )}
      </Loaded>
      <ProblemNote error={apply.error} />
      {apply.data && <Applied plans={apply.data.items as Plan[]} />}
      {pending.length > 0 && !hasProblem && (
        <ApplyButton plans={pending} pending={apply.isPending} onApply={() => apply.mutate({})} />
      )}
      {pending.length > 0 && hasProblem && (
        <p className={facts.quiet}>They are applied together: first the problem has to go.</p>
      )}
    </Section>
  );
}

function OwnFile({ file: { file, plan, problem } }: { file: WatchedFile }) {
  return (
    <div className={styles.file} data-file={file}>
      {/* A plan says its file itself. */}
      {(plan === null || plan.items.length === 0) && (
        <h3>
          <code>{file}</code>
        </h3>
      )}
      {problem !== null && (
        <>
          <p>It has problems; what it said before stays.</p>
          <ProblemList lines={problem.split('\n')} />
        </>
      )}
      {plan !== null && plan.items.length === 0 && <p className={facts.quiet}>Everything is as it says.</p>}
      {plan !== null && plan.items.length > 0 && <PlanView plan={plan} tense="future" />}
    </div>
  );
}
