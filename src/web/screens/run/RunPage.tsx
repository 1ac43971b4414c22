import type { RunDetail } from '../../../contract/runs.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import { markOfRun } from '../../features/runs/marks.ts';
import { RunAbout } from '../../features/runs/RunAbout.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { Page, Section } from '../../ui/Page.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { Actions } from './Actions.tsx';
import { Annotations } from './Annotations.tsx';
import { Artifacts } from './Artifacts.tsx';
import { Attempts } from './Attempts.tsx';
import { Findings } from './Findings.tsx';
import { Graph } from './graph/Graph.tsx';
import { Standing } from './Standing.tsx';
import { Summaries } from './Summaries.tsx';
import { Tests } from './Tests.tsx';

/** A run that is there. */
export function RunPage({ run }: { run: RunDetail }) {
  const isLast = run.attempt === run.attempts;
  return (
    <Page
      wide
      above={
        <>
          <TextLink to={paths.runs({ repository: run.repository })}>{run.repository}</TextLink>
          {' / '}
          <TextLink to={paths.runs({ repository: run.repository, workflow: run.workflow })}>
            {run.workflow}
          </TextLink>
        </>
      }
      title={run.name}
      about={<RunAbout run={run} />}
      actions={isLast && <Actions run={run} />}
    >
      <TabStatus run={run} />
      {isLast ? (
        <Standing run={run} />
      ) : (
        <Banner
          title={`Attempt ${run.attempt} of ${run.attempts}`}
          actions={<LinkButton to={paths.run(run.id)}>To the last attempt</LinkButton>}
        >
          What is shown is how it was then.
        </Banner>
      )}
      {run.attempts > 1 && <Attempts run={run} />}
      <Findings findings={run.findings} />
      {run.graph.length > 0 && (
        <Section title="Jobs">
          <Graph run={run} />
        </Section>
      )}
      <Tests run={run} />
      <Annotations run={run} />
      <Summaries run={run} />
      <Artifacts run={run} />
    </Page>
  );
}

/** The tab says how it stands, to who waits in another one. */
function TabStatus({ run }: { run: RunDetail }) {
  const mark = markOfRun(run);
  const { total, running, waiting } = run.jobs;
  usePageStatus({
    title: run.name,
    state: mark === 'pending' || mark === 'skipped' ? undefined : mark,
    progress: mark === 'running' && total > 0 ? (total - running - waiting) / total : undefined,
  });
  return null;
}
